/** The live page of the virtual printer: its frame. The script fills it, `page-style.ts` dresses it. */

export const PAGE_HTML = `<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>小票 · virtual printer</title>
<link rel="stylesheet" href="/page.css">
<link rel="icon" href="/icon.svg">
</head>
<body>
<main id="desk">
  <p id="empty">还没有打印内容 <span>nothing printed yet</span></p>
  <div id="papers"></div>
  <div id="present"></div>
  <div id="printer"><i id="power"></i><span id="model"></span><i id="busy"></i></div>
</main>
<aside>
  <header>
    <h1>虚拟打印机 <span>virtual printer</span></h1>
    <code id="uri"></code>
  </header>
  <ul id="lamps">
    <li id="lamp-online"><i></i>联机 <span>online</span><b></b></li>
    <li id="lamp-paper"><i></i>纸 <span>paper</span><b></b></li>
    <li id="lamp-cover"><i></i>上盖 <span>cover</span><b></b></li>
    <li id="lamp-error"><i></i>故障 <span>error</span><b></b></li>
    <li id="lamp-drawer"><i></i>钱箱 <span>drawer</span><b></b></li>
  </ul>
  <dl>
    <dt>已打印 <span>printed</span></dt><dd id="printed"></dd>
    <dt>余纸 <span>paper left</span></dt><dd id="left"></dd>
    <dt>切纸 <span>cuts</span></dt><dd id="cuts"></dd>
    <dt>作业 <span>jobs</span></dt><dd id="jobs"></dd>
    <dt>缓冲 <span>buffered</span></dt><dd id="buffered"></dd>
  </dl>
  <section id="buttons">
    <button type="button" data-fault="paper-out" data-swap data-when="paper" data-is="ok near-end">缺纸 <span>paper out</span></button>
    <button type="button" data-fault="paper-in" data-swap data-when="paper" data-is="end">装纸 <span>load paper</span></button>
    <button type="button" data-fault="near-end" data-when="paper" data-is="ok">纸将尽 <span>paper near end</span></button>
    <button type="button" data-fault="cover-open" data-swap data-when="cover" data-is="closed">打开上盖 <span>open cover</span></button>
    <button type="button" data-fault="cover-closed" data-swap data-when="cover" data-is="open">合上上盖 <span>close cover</span></button>
    <button type="button" data-fault="cutter-error" data-swap data-when="error" data-is="none">切刀故障 <span>cutter error</span></button>
    <button type="button" data-fault="error-over" data-swap data-when="error" data-is="cutter recoverable auto-recoverable unrecoverable">排除故障 <span>clear error</span></button>
    <button type="button" data-fault="temperature-error" data-when="error" data-is="none">打印头过热 <span>head too hot</span></button>
    <button type="button" data-fault="drawer-open" data-swap data-when="drawerPin" data-is="low">打开钱箱 <span>open drawer</span></button>
    <button type="button" data-fault="drawer-closed" data-swap data-when="drawerPin" data-is="high">关上钱箱 <span>close drawer</span></button>
    <button type="button" data-fault="tear" data-when="power" data-is="on">撕纸 <span>tear off</span></button>
    <button type="button" data-fault="power-cut" data-when="power" data-is="on">断电重启 <span>power cut</span></button>
  </section>
  <form id="script">
    <label for="fault">故障脚本 <span>fault script</span></label>
    <div><input id="fault" name="fault" autocomplete="off" spellcheck="false" placeholder="paper-out@120mm"><button>添加 <span>add</span></button></div>
    <p id="wrong" role="alert"></p>
    <ul id="waiting"></ul>
  </form>
  <section>
    <h2>事件 <span>events</span></h2>
    <ol id="log"></ol>
  </section>
</aside>
<script src="/page.js"></script>
</body>
</html>
`

export const PAGE_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M7 2h18v28l-3-3-3 3-3-3-3 3-3-3-3 3z" fill="#fffefb" stroke="#2b2b2a" stroke-width="2"/><path d="M11 9h10M11 14h10M11 19h6" stroke="#2b2b2a" stroke-width="2"/></svg>
`
