/** The live page of the virtual printer: how it looks. */

export const PAGE_STYLE = `
:root {
  --desk: #e9e7e1; --ink: #2b2b2a; --soft: #84817a; --line: #d9d6ce; --card: #fbfaf7; --paper: #fffefb;
  --ok: #4c9a6a; --warn: #d9a136; --bad: #c9554b; --off: #c9c6be;
  font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: var(--ink);
}
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: grid; grid-template-columns: 1fr 340px; background: var(--desk); }
span { color: var(--soft); font-size: 12px; }
#desk { overflow-y: auto; display: flex; flex-direction: column; align-items: center; padding: 40px 24px 0; }
#papers { margin-top: auto; display: flex; flex-direction: column; align-items: center; }
#empty { margin: auto 0 24px; text-align: center; font-size: 18px; color: var(--soft); }
#empty span { display: block; font-size: 14px; }
#empty[hidden] { display: none; }
.paper { position: relative; background: var(--paper); box-shadow: 0 1px 2px #0002, 0 6px 16px #0001; margin-bottom: 36px; }
.paper > div { overflow: hidden; position: relative; }
.paper canvas, .paper img { display: block; }
.paper::before, .paper.cut::after {
  content: ""; position: absolute; left: 0; right: 0; height: 6px; background: inherit;
  --teeth: conic-gradient(from -45deg at bottom, #0000, #000 1deg 89deg, #0000 90deg) 50% / 12px 100%;
}
.paper::before { bottom: 100%; -webkit-mask: var(--teeth); mask: var(--teeth); }
.paper.cut::after { top: 100%; transform: scaleY(-1); -webkit-mask: var(--teeth); mask: var(--teeth); }
.paper figcaption { position: absolute; left: calc(100% + 14px); bottom: 0; white-space: nowrap; font-size: 12px; color: var(--soft); }
.paper figcaption a { color: inherit; margin-left: 8px; }
@media (max-width: 1500px) { .paper { margin-bottom: 52px; } .paper figcaption { left: 0; bottom: auto; top: calc(100% + 12px); } #present .paper { margin-bottom: 0; } #present .paper figcaption { top: auto; bottom: calc(100% + 12px); } }
#present .paper { margin-bottom: 0; }
#printer {
  position: sticky; bottom: 0; flex: none; width: min(100%, 760px); height: 76px; margin-bottom: 0; z-index: 1;
  display: flex; align-items: center; justify-content: space-between; padding: 12px 28px 0; color: #cfccc4; font-size: 13px;
  background: linear-gradient(#1b1c1d 0 9px, #3c3e40 9px, #2f3133); border-radius: 12px 12px 0 0; box-shadow: 0 -6px 18px #0002;
}
#model { color: #cfccc4; font-size: 13px; }
#printer i, #lamps i { width: 10px; height: 10px; border-radius: 50%; background: var(--off); display: inline-block; }
#printer i.ok { background: #6fd694; box-shadow: 0 0 8px #6fd694; }
#printer i.bad { background: #f0766b; box-shadow: 0 0 8px #f0766b; }
#busy.on { background: #7fb4f2; box-shadow: 0 0 8px #7fb4f2; }
aside { overflow-y: auto; background: var(--card); border-left: 1px solid var(--line); padding: 24px; display: flex; flex-direction: column; gap: 20px; }
h1 { font-size: 18px; margin: 0 0 4px; } h1 span { font-weight: 400; margin-left: 4px; }
h2, label { font-size: 14px; font-weight: 600; margin: 0 0 6px; display: block; }
code { font: 12px ui-monospace, Menlo, Consolas, monospace; color: var(--soft); overflow-wrap: anywhere; }
ul, ol, dl { list-style: none; margin: 0; padding: 0; }
#lamps li { display: flex; align-items: center; gap: 8px; padding: 6px 0; border-bottom: 1px solid var(--line); }
#lamps b { margin-left: auto; font-weight: 500; }
#lamps .ok i { background: var(--ok); } #lamps .warn i { background: var(--warn); } #lamps .bad i { background: var(--bad); }
#lamps .bad b { color: var(--bad); } #lamps .warn b { color: #98700f; }
dl { display: grid; grid-template-columns: auto auto; gap: 2px 8px; }
dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
#buttons { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
button { font: inherit; padding: 7px 10px; text-align: left; border: 1px solid var(--line); border-radius: 8px; background: #fff; cursor: pointer; color: var(--ink); }
button[hidden] { display: none; }
button span { display: block; font-size: 11px; line-height: 1.3; }
button:hover:enabled { border-color: #a9a59a; } button:active:enabled { background: #f1efe9; }
button:disabled { opacity: .42; cursor: default; }
button:focus-visible, input:focus-visible { outline: 2px solid #6c9bd2; outline-offset: 1px; }
#script div { display: flex; gap: 8px; } #script button span { display: inline; }
input { font: 13px ui-monospace, Menlo, Consolas, monospace; flex: 1; min-width: 0; padding: 7px 10px; border: 1px solid var(--line); border-radius: 8px; background: #fff; color: var(--ink); }
#wrong { margin: 6px 0 0; color: var(--bad); font-size: 12px; overflow-wrap: anywhere; } #wrong:empty { display: none; }
#waiting li { display: inline-block; margin: 6px 6px 0 0; padding: 1px 8px; border-radius: 9px; background: #f1ead7; font: 12px ui-monospace, Menlo, Consolas, monospace; }
#log { font-size: 12px; color: var(--soft); font-variant-numeric: tabular-nums; }
#log li { padding: 2px 0; } #log b { font-weight: 500; color: var(--ink); }
@media (max-width: 900px) { body { grid-template-columns: 1fr; height: auto; } #desk { min-height: 70vh; } aside { border-left: 0; border-top: 1px solid var(--line); } }
@media (max-width: 700px) { #desk { align-items: flex-start; padding: 40px 16px 0; overflow-x: auto; } #papers { align-items: flex-start; } .paper { margin-bottom: 72px; } .paper figcaption { white-space: normal; width: calc(100vw - 32px); } .paper figcaption a { margin: 0 8px 0 0; } #printer { padding: 12px 12px 0; } }
@media (prefers-reduced-motion: no-preference) { button { transition: border-color .15s, opacity .15s; } }
`
