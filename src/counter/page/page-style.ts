/** Style sheet of the counter's page. Its colours are calm, so that the amount and the state of the paper are seen first. */

export const PAGE_STYLE = `:root {
  --ground: #f3f1ec; --card: #fff; --ink: #21201d; --soft: #6a665d; --line: #dcd8ce; --accent: #0f6b5c; --accent-ink: #fff;
  --good: #1c7440; --good-ground: #e6f3ea; --warn: #8a5300; --warn-ground: #fdf0d9; --bad: #a5281f; --bad-ground: #fbe7e4; --desk: #cfcabe;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { margin: 0; }
body { min-height: 100vh; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif; display: flex; flex-direction: column; }
body > header { display: flex; justify-content: space-between; align-items: center; gap: 8px 16px; flex-wrap: wrap; padding: 10px 20px; background: var(--card); border-bottom: 1px solid var(--line); }
#place { display: flex; gap: 4px 12px; align-items: baseline; flex-wrap: wrap; } #shop { font-size: 18px; } #terminal, #who { color: var(--soft); font-size: 14px; }
#person { display: flex; gap: 4px 8px; align-items: center; flex-wrap: wrap; margin-left: auto; justify-content: flex-end; }
#tabs { display: flex; gap: 4px; padding: 0 20px; background: var(--card); border-bottom: 1px solid var(--line); }
#tabs button { border: 0; border-bottom: 3px solid transparent; border-radius: 0; background: none; padding: 12px 18px; min-height: 52px; font-size: 17px; color: var(--soft); }
#tabs [aria-current] { color: var(--accent); border-bottom-color: var(--accent); font-weight: 600; }
main { flex: 1; display: grid; grid-template-columns: minmax(0, 1fr); width: 100%; }
main:has(#desk:not([hidden])) { grid-template-columns: minmax(0, 1fr) minmax(320px, 460px); }
#work { padding: 24px 20px 40px; outline: none; width: 100%; max-width: 780px; margin: 0 auto; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 24px; display: flex; flex-direction: column; gap: 20px; }
.narrow { max-width: 400px; margin: 6vh auto 0; }
h1 { font-size: 24px; line-height: 1.25; margin: 0; } h2 { font-size: 16px; margin: 0 0 8px; } p { margin: 0; }
.soft, small { color: var(--soft); }
small { display: block; font-size: 13px; }
.field label, legend { display: block; font-size: 14px; color: var(--soft); margin-bottom: 6px; padding: 0; }
input { font: inherit; color: inherit; }
.field input { width: 100%; min-width: 0; min-height: 48px; padding: 8px 14px; border: 1px solid #b9b4a8; border-radius: 10px; background: #fff; }
.field input.amount { font-size: 36px; min-height: 76px; text-align: right; font-variant-numeric: tabular-nums; font-weight: 600; }
.field input::placeholder { color: #a8a397; font-weight: 400; }
.field small { margin-top: 4px; }
.pairs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 220px), 1fr)); gap: 14px 16px; }
fieldset { border: 0; padding: 0; margin: 0; min-width: 0; }
.choices > div { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 136px), 1fr)); gap: 8px; }
.choices[data-count="6"] > div { grid-template-columns: repeat(3, 1fr); }
.choices label { position: relative; }
.choices input { position: absolute; opacity: 0; inset: 0; width: 100%; height: 100%; margin: 0; cursor: pointer; }
.choices span { display: flex; align-items: center; justify-content: center; text-align: center; min-height: 56px; padding: 6px 10px; border: 1px solid #b9b4a8; border-radius: 10px; background: #fff; line-height: 1.25; }
.choices input:checked + span { border-color: var(--accent); box-shadow: inset 0 0 0 2px var(--accent); color: var(--accent); font-weight: 600; background: #f0f7f5; }
.details { display: flex; flex-direction: column; gap: 16px; } .details:empty { display: none; }
.change { font-size: 20px; font-weight: 600; color: var(--good); text-align: right; } .change:empty { display: none; }
details summary { cursor: pointer; padding: 10px 0; color: var(--accent); } details[open] summary { margin-bottom: 8px; }
.check { display: flex; gap: 12px; align-items: center; min-height: 48px; cursor: pointer; } .check input { width: 22px; height: 22px; accent-color: var(--accent); flex: none; }
button { font: inherit; cursor: pointer; border-radius: 10px; min-height: 48px; padding: 8px 18px; border: 1px solid #b9b4a8; background: #fff; color: var(--ink); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); font-weight: 600; }
button.wide { width: 100%; min-height: 64px; font-size: 20px; }
button.quiet { border-color: transparent; background: none; min-height: 44px; padding: 6px 12px; color: var(--accent); }
button:hover:enabled { filter: brightness(.96); } button:disabled { opacity: .5; cursor: default; }
:focus-visible, .choices input:focus-visible + span { outline: 3px solid #3f8fe0; outline-offset: 2px; } #work:focus-visible { outline: none; }
.buttons { display: flex; flex-wrap: wrap; gap: 10px; } .buttons:empty { display: none; } .buttons button { flex: 0 1 auto; } footer.buttons { border-top: 1px solid var(--line); padding-top: 20px; } footer .primary { margin-left: auto; }
.sum { display: flex; justify-content: space-between; align-items: flex-start; gap: 12px; flex-wrap: wrap; }
.sum p { color: var(--soft); } .sum h1, .big { font-size: clamp(30px, 8vw, 44px); font-weight: 650; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.state { padding: 4px 14px; border-radius: 99px; background: #eceae4; font-size: 15px; white-space: nowrap; } .state.good { background: var(--good-ground); color: var(--good); } .state.warn { background: var(--warn-ground); color: var(--warn); }
.ask { background: #f6f4ef; border-radius: 12px; padding: 18px; display: flex; flex-direction: column; gap: 12px; } .ask h2 { margin: 0; font-size: 18px; } .ask .buttons button { flex: 1 1 120px; min-height: 60px; }
.age { color: var(--soft); } .age.warn { background: var(--warn-ground); color: var(--warn); border-radius: 10px; padding: 12px 16px; }
.alert { background: var(--bad-ground); color: var(--bad); border-radius: 10px; padding: 12px 16px; overflow-wrap: anywhere; }
.proofs { list-style: none; margin: 0 0 12px; padding: 0; display: grid; gap: 8px; } .proofs:empty { display: none; }
.proof { display: flex; flex-wrap: wrap; gap: 2px 12px; justify-content: space-between; padding: 10px 14px; border-radius: 10px; border-left: 5px solid; }
.proof::before { font-weight: 700; } .proof b { flex: 1 1 auto; font-weight: 600; }
.proof.confirmed { background: var(--good-ground); color: var(--good); } .proof.confirmed::before { content: "✓"; }
.proof.uncertain { background: var(--warn-ground); color: var(--warn); } .proof.uncertain::before { content: "?"; }
.proof.failed { background: var(--bad-ground); color: var(--bad); } .proof.failed::before { content: "✕"; }
.busy { color: var(--accent); font-weight: 600; margin-bottom: 8px; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr)); gap: 12px 20px; margin: 0; } .facts dt { color: var(--soft); font-size: 13px; } .facts dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
#results { margin-top: 16px; } .rows { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
.rows button { width: 100%; display: grid; grid-template-columns: auto 1fr auto; gap: 4px 18px; align-items: center; text-align: left; padding: 12px 16px; border-color: var(--line); font-variant-numeric: tabular-nums; } .rows b { font-size: 19px; text-align: right; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; } th { text-align: left; font-weight: 400; } thead th { color: var(--soft); font-size: 14px; } td, thead th + th { text-align: right; } th, td { padding: 10px 4px; border-bottom: 1px solid var(--line); } tfoot th, tfoot td { font-weight: 650; font-size: 18px; border-bottom: 0; }
.seal { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; } .seal span { color: var(--soft); } .seal code { font: 600 22px/1.4 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; letter-spacing: .03em; }
dialog { border: 0; border-radius: 16px; padding: 24px; width: min(520px, calc(100vw - 24px)); max-height: calc(100vh - 24px); box-shadow: 0 18px 60px #0004; color: inherit; } dialog::backdrop { background: #2a282480; }
dialog form { display: flex; flex-direction: column; gap: 18px; } dialog h2 { font-size: 22px; margin: 0; } dialog .buttons { justify-content: flex-end; } .whole b { font-size: 24px; } .approval { background: #f6f4ef; border-radius: 12px; padding: 14px; } .approval legend { float: left; width: 100%; font-weight: 600; color: var(--ink); } .approval .pairs { clear: both; grid-template-columns: repeat(auto-fit, minmax(min(100%, 150px), 1fr)); } #prints > .soft { margin-bottom: 12px; }
#desk { background: var(--desk); padding: 24px 20px 40px; min-width: 0; } #desk h2 { text-align: center; font-size: 15px; font-weight: 500; color: #4d483e; }
#papers { display: flex; flex-direction: column; align-items: center; gap: 20px; } #papers .soft { color: #5d584d; padding: 40px 0; }
#papers figure { margin: 0; max-width: 100%; } #papers img { display: block; max-width: 100%; height: auto; background: #fffefa; padding: 14px 16px; box-shadow: 0 3px 14px #0003; } #papers figcaption { text-align: center; font-size: 13px; color: #4d483e; padding-top: 6px; }
#said { position: fixed; left: 50%; bottom: 24px; transform: translateX(-50%); background: var(--ink); color: #fff; border-radius: 99px; padding: 10px 22px; } #said:empty { display: none; }
@media (min-width: 901px) { #desk { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; } }
@media (max-width: 900px) { main:has(#desk:not([hidden])) { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 520px) {
  body > header { padding: 8px 12px; } #tabs { padding: 0 4px; } #tabs button { flex: 1; padding: 12px 6px; } #work { padding: 12px 10px 28px; } .card { padding: 16px; border-radius: 12px; gap: 16px; }
  .choices > div, .choices[data-count="6"] > div { grid-template-columns: repeat(2, 1fr); } .rows button { grid-template-columns: 1fr auto; } .rows .when { grid-column: 1; } .rows .what { grid-column: 1; grid-row: 2; } .rows b { grid-row: 1 / 3; grid-column: 2; } footer .primary { margin-left: 0; flex: 1 1 100%; order: -1; } #desk { padding: 20px 12px; }
}
`
