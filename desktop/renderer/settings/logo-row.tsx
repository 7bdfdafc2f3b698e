import { initialOf } from "@switchboard/shared/model/initials.ts";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { tenantCalls } from "./calls.ts";
import { pictureTypes, readPicture } from "./picture.ts";
import { GroupRow } from "./rows.tsx";
import { asBridgeError, useAnswer, useAskServer } from "./use-api.ts";
import { useErrors } from "./use-errors.ts";
import styles from "./branding.module.css";

export interface LogoRowProps {
  readonly logoId: string | null;
  readonly onLogo: (logoId: string | null) => void;
  readonly name: string;
  readonly colour: string;
  readonly disabled: boolean;
  /** The server refused the one that the draft names. */
  readonly error: string | undefined;
}

/** The picture as a data address, which is all that a page of the console may show. */
export function useLogo(logoId: string | null): string | null {
  const { data } = useAnswer(tenantCalls.getLogo, { params: { logoId: logoId ?? "" } }, { enabled: logoId !== null });
  return logoId === null || data === undefined ? null : `data:image/png;base64,${data.data}`;
}

export function LogoRow({ logoId, onLogo, name, colour, disabled, error }: LogoRowProps) {
  const { t } = useTranslation();
  const ask = useAskServer();
  const errors = useErrors();
  const logo = useLogo(logoId);
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);

  const take = async (file: File) => {
    setWrong(undefined);
    const picture = await readPicture(file);
    if (!picture.ok) return setWrong(t(`settings.branding.logo_${picture.why}`));
    setBusy(true);
    try {
      onLogo((await ask(tenantCalls.addLogo, { body: { data: picture.base64 } })).id);
    } catch (failure) {
      setWrong(asBridgeError(failure).code === "invalid_input" ? t("settings.branding.logo_unreadable") : errors.sentence(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <GroupRow label={t("settings.branding.logo")} help={t("settings.branding.logo_help")} error={wrong ?? error}>
      <div className={styles.logo}>
        <span className={styles.face} style={{ backgroundColor: colour }}>
          {logo === null ? (
            <span aria-hidden="true">{initialOf(name)}</span>
          ) : (
            <img src={logo} alt={t("settings.branding.logo_alt", { name })} />
          )}
        </span>
        <input
          ref={input}
          type="file"
          accept={pictureTypes}
          className="vh"
          tabIndex={-1}
          aria-label={t("settings.branding.logo_choose")}
          disabled={disabled || busy}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = "";
            if (file !== undefined) void take(file);
          }}
        />
        <Button onClick={() => input.current?.click()} disabled={disabled || busy}>
          {t(logoId === null ? "settings.branding.logo_add" : "settings.branding.logo_replace")}
        </Button>
        {logoId !== null && (
          <Button kind="quiet" onClick={() => onLogo(null)} disabled={disabled || busy}>
            {t("common.remove")}
          </Button>
        )}
      </div>
    </GroupRow>
  );
}
