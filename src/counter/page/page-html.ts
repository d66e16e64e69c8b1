/** The HTML of the counter's page. The scripts fill it, and `page-style.ts` is its style sheet. */

export const PAGE_HTML = `<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>收银台 · counter</title>
<link rel="stylesheet" href="/counter.css">
<link rel="icon" href="/icon.svg">
<script src="/words.js" defer></script>
<script src="/views.js" defer></script>
<script src="/counter.js" defer></script>
</head>
<body>
<header>
  <div id="place"><b id="shop"></b><span id="terminal"></span></div>
  <div id="person">
    <span id="who"></span>
    <button type="button" id="language" class="quiet"></button>
    <button type="button" id="sign-out" class="quiet" hidden></button>
  </div>
</header>
<nav id="tabs" hidden></nav>
<main>
  <section id="work" tabindex="-1"></section>
  <aside id="desk" hidden><h2 id="desk-title"></h2><div id="papers" tabindex="0"></div></aside>
</main>
<p id="said" role="status"></p>
</body>
</html>
`

export const PAGE_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0f6b5c" d="M6 3h20v26l-3.3-2-3.4 2-3.3-2-3.3 2-3.4-2L6 29z"/><path stroke="#fff" stroke-width="2.4" d="M11 10h10M11 15h10M11 20h6"/></svg>
`
