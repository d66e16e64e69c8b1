/** The style sheet of the status page, for phones from 360 pixels to large screens. */

export const PAGE_STYLE = `
:root {
  --desk: #eceae4; --ink: #2b2b2a; --soft: #6f6c66; --line: #dcd9d1; --card: #fffefb;
  --ok: #3d8a5b; --warn: #a8750d; --bad: #bf4a40; --blue: #2f6db5;
  font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: var(--ink); background: var(--desk);
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; }
header { display: flex; flex-wrap: wrap; gap: 10px 14px; align-items: center; padding: 12px 24px; background: #2f3133; color: #f0eee8; }
h1 { font-size: 18px; margin: 0; margin-right: auto; }
h2 { font-size: 16px; margin: 0 0 8px; } h2 b { color: var(--soft); font-weight: 500; }
h3 { font-size: 14px; margin: 14px 0 6px; color: var(--soft); font-weight: 600; }
#away { margin: 0; color: #f3c969; }
#who { display: flex; align-items: center; gap: 8px; font-size: 13px; } #who input { width: 9em; }
button, input, select { font: inherit; padding: 7px 12px; border: 1px solid var(--line); border-radius: 8px; background: #fff; color: var(--ink); min-height: 38px; }
button { cursor: pointer; } button:hover { border-color: #a9a59a; } button:disabled { opacity: .5; cursor: default; }
header button { background: #45484a; border-color: #5c6062; color: inherit; }
.strong { background: var(--blue); border-color: var(--blue); color: #fff; }
:focus-visible { outline: 2px solid #6c9bd2; outline-offset: 1px; }
main { max-width: 1200px; margin: 0 auto; padding: 20px 24px 60px; display: grid; gap: 18px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px 18px; min-width: 0; }
.why { margin: 0 0 12px; color: var(--soft); } .none { margin: 0; color: var(--soft); }
#door { max-width: 420px; margin: 12vh auto 0; padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; display: grid; gap: 8px; }
#door span { color: var(--soft); font-size: 13px; } #door button { margin-top: 8px; background: var(--blue); color: #fff; border-color: var(--blue); }
#wrong { margin: 0; color: var(--bad); } #wrong:empty { display: none; }
.cards { list-style: none; margin: 0; padding: 0; display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); }
.cards > li { border: 1px solid var(--line); border-left: 4px solid var(--warn); border-radius: 10px; padding: 12px 14px; display: grid; gap: 8px; align-content: start; min-width: 0; }
.cards strong { font-size: 16px; overflow-wrap: anywhere; }
dl { margin: 0; display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; font-size: 14px; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.cards .two { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
details { font-size: 13px; color: var(--soft); } details ol { margin: 4px 0 0; padding-left: 18px; }
.printers { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr)); }
.printers li { display: grid; grid-template-columns: 12px 1fr auto; gap: 2px 10px; align-items: center; padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
.printers b { font-weight: 600; overflow-wrap: anywhere; } .printers small { grid-column: 2 / 4; color: var(--soft); }
i { width: 10px; height: 10px; border-radius: 50%; background: #c9c6be; display: inline-block; } i.ok { background: var(--ok); } i.warn { background: #d9a136; } i.bad { background: var(--bad); }
.count { background: #eee9dc; border-radius: 9px; padding: 0 8px; font-size: 13px; font-variant-numeric: tabular-nums; }
#filters { display: flex; flex-wrap: wrap; gap: 8px; margin-bottom: 10px; } #find { flex: 1; min-width: 140px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; table-layout: fixed; }
th { text-align: left; color: var(--soft); font-weight: 500; } th, td { padding: 7px 8px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td small { display: block; color: var(--soft); }
.tag { font-weight: 600; } .tag.ok { color: var(--ok); } .tag.warn { color: var(--warn); } .tag.bad { color: var(--bad); }
dialog { border: 1px solid var(--line); border-radius: 12px; padding: 20px; width: min(92vw, 420px); color: inherit; } dialog::backdrop { background: #0006; }
dialog form { display: grid; gap: 10px; } dialog form div { display: flex; gap: 8px; justify-content: flex-end; } dialog h2 { overflow-wrap: anywhere; }
@media (max-width: 600px) {
  header { padding: 10px 14px; } main { padding: 12px 12px 40px; gap: 12px; } section { padding: 14px 12px; }
  #who { order: 3; width: 100%; } #who input { flex: 1; width: auto; }
  .cards .two { grid-template-columns: 1fr; } button { min-height: 44px; }
  thead { display: none; } tr { display: grid; grid-template-columns: 1fr auto; padding: 8px 0; border-bottom: 1px solid var(--line); } td { border: 0; padding: 0 6px 0 0; }
}
`
