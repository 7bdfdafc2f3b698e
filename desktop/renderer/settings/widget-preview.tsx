/**
 * The widget as a visitor would see the draft. It stands in a frame without an origin and without a network; what it shows travels as
 * one message. The choices above change only what is looked at, never the settings.
 */
import { languageNames, type Language } from "@switchboard/shared/i18n/languages.ts";
import { widgetConfig, type WidgetSettings } from "@switchboard/shared/model/widget-config.ts";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTicker } from "../text/now.tsx";
import { Segmented } from "../ui/choices.tsx";
import { cx } from "../ui/cx.ts";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/states.tsx";
import styles from "./preview.module.css";

const scenes = ["chat", "form", "queue", "away", "launcher"] as const;
type Scene = (typeof scenes)[number];

export interface WidgetPreviewProps {
  readonly settings: WidgetSettings;
  readonly tenant: { readonly key: string; readonly name: string };
  /** As a data address: the frame may fetch nothing. */
  readonly logo: string | null;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
}

export function WidgetPreview({ settings, tenant, logo, language, onLanguage }: WidgetPreviewProps) {
  const { t } = useTranslation();
  const ticker = useTicker();
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  const [scene, setScene] = useState<Scene>("chat");
  const [dark, setDark] = useState<"light" | "dark">("light");
  const [device, setDevice] = useState<"desktop" | "phone">("desktop");

  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      const data = event.data as { readonly switchboard?: unknown } | null;
      if (event.source === frame.current?.contentWindow && data?.switchboard === "preview-ready") setReady(true);
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, []);

  useEffect(() => {
    if (!ready) return;
    const config = widgetConfig({
      tenant: { ...tenant },
      settings,
      language,
      now: ticker.now(),
      version: "preview",
      logoUrl: logo,
    });
    const theme = settings.branding.theme === "device" ? dark : settings.branding.theme;
    frame.current?.contentWindow?.postMessage(
      { switchboard: "preview", scene, phone: device === "phone", config: { ...config, look: { ...config.look, theme } } },
      // The frame has no origin that could be named; what is told is what every visitor sees.
      "*",
    );
  }, [ready, settings, tenant, logo, language, scene, dark, device, ticker]);

  return (
    <section className={styles.preview} aria-label={t("settings.preview.title")}>
      <div className={styles.head}>
        <h2>{t("settings.preview.title")}</h2>
        <span className="grow" />
        <Select
          className={styles.pick}
          small={true}
          aria-label={t("settings.preview.scene")}
          value={scene}
          onValue={setScene}
          choices={scenes.map((one) => ({ value: one, label: t(`settings.preview.scenes.${one}`) }))}
        />
        <Select
          className={styles.pick}
          small={true}
          aria-label={t("common.language")}
          value={language}
          onValue={onLanguage}
          choices={settings.languages.offered.map((one) => ({ value: one, label: languageNames[one] }))}
        />
        <Segmented
          label={t("settings.preview.theme")}
          value={settings.branding.theme === "device" ? dark : settings.branding.theme}
          onValue={setDark}
          disabled={settings.branding.theme !== "device"}
          segments={[
            { value: "light", label: t("settings.preview.light"), icon: "sun", iconOnly: true },
            { value: "dark", label: t("settings.preview.dark"), icon: "moon", iconOnly: true },
          ]}
        />
        <Segmented
          label={t("settings.preview.device")}
          value={device}
          onValue={setDevice}
          segments={[
            { value: "desktop", label: t("settings.preview.desktop"), icon: "desktop", iconOnly: true },
            { value: "phone", label: t("settings.preview.phone"), icon: "phoneDevice", iconOnly: true },
          ]}
        />
      </div>
      <div className={styles.stage}>
        {!ready && <Waiting />}
        <iframe
          ref={frame}
          src="preview.html"
          sandbox="allow-scripts"
          title={t("settings.preview.frame")}
          className={cx(styles.frame, device === "phone" && styles.phone, !ready && styles.hidden)}
        />
      </div>
    </section>
  );
}

/** Holds the place of the preview until the settings are there that it shows. */
export function WidgetPreviewPlace() {
  const { t } = useTranslation();
  return (
    <section className={styles.preview} aria-label={t("settings.preview.title")}>
      <div className={styles.head}>
        <h2>{t("settings.preview.title")}</h2>
      </div>
      <div className={styles.stage}>
        <Waiting />
      </div>
    </section>
  );
}

const Waiting = () => (
  <div className={cx(styles.frame, styles.waiting)}>
    <Skeleton rows={4} look="bubble" />
  </div>
);
