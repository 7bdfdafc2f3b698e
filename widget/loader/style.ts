/**
 * Styles of the launcher and the panel. They live in a shadow root as a constructed sheet, so that neither side's rules nor a strict
 * style policy interfere. `--x` and `--y` are the tenant's distances, `--h` the height that a phone's keyboard leaves. Nothing moves:
 * the panel is there or it is not. On a phone `100%` is what the widest thing on the page makes it, also beyond the screen. The host is a
 * block, because for an inline one the browser shapes a line of nothing and looks for a font.
 */
export const small = "(max-width:479px),(max-height:479px)";

export const style = `:host{all:initial;display:block}
.f,.b,.g{position:fixed;z-index:2147483000;bottom:var(--y);right:var(--x);box-sizing:border-box;font:600 16px/1.45 system-ui,sans-serif;box-shadow:0 6px 28px #0004}
.left>*{right:auto;left:var(--x)}
.f,.g{bottom:calc(var(--y) + 70px)}
.b,.x{cursor:pointer;border:1px solid #0000;border-radius:28px}
.b{display:flex;align-items:center;gap:10px;min-width:56px;height:56px;padding:0 14px;color:var(--o);background:var(--c)}
:focus-visible{outline:2px solid #fff;box-shadow:0 0 0 4px #15181e}
svg{width:26px;max-width:100%;fill:none;stroke:currentColor;stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}
span{position:absolute;top:-6px;right:-6px;min-width:20px;border:2px solid #fff;border-radius:12px;font-size:13px;color:#fff;background:#c02b22}
span:empty{display:none}
.f{width:380px;height:min(640px,100vh - 82px - var(--y));border:0;border-radius:16px;visibility:hidden}
.on{visibility:visible}
.g{width:250px;padding:12px 40px 12px 14px;border-radius:14px;font-weight:400;color:#15181e;background:#fff;overflow-wrap:anywhere}
.x{position:absolute;top:2px;right:2px;width:36px;height:36px;padding:8px;color:inherit;background:none}
@media ${small}{.f{inset:0!important;width:100%;max-width:100vw;height:var(--h,100%);max-height:100dvh;border-radius:0}.on~.b{display:none}}
@media print{.b{display:none}}`;
