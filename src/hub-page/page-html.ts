/** The HTML of the status page. `page-script.ts` fills it, `page-words.ts` has its words, `page-style.ts` its style sheet. */

export const PAGE_HTML = `<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>小票中心 · slip hub</title>
<link rel="stylesheet" href="/status/page.css">
<link rel="icon" href="/status/icon.svg">
</head>
<body>
<header>
  <h1 data-word="title"></h1>
  <p id="away" role="status" hidden data-word="away"></p>
  <label id="who" hidden><span data-word="nameLabel"></span><input id="person" autocomplete="name" maxlength="64"></label>
  <button type="button" id="language" data-word="language"></button>
  <button type="button" id="leave" data-word="leave" hidden></button>
</header>
<form id="door">
  <label for="key"><b data-word="keyLabel"></b> <span data-word="keyHint"></span></label>
  <input id="key" type="password" autocomplete="off" spellcheck="false" required>
  <label for="name"><b data-word="nameLabel"></b> <span data-word="nameHint"></span></label>
  <input id="name" autocomplete="name" maxlength="64" required>
  <button data-word="enter"></button>
  <p id="wrong" role="alert"></p>
</form>
<main id="all" hidden>
  <section id="open">
    <h2><span data-word="decide"></span> <b id="open-count"></b></h2>
    <p class="why" id="open-why" data-word="decideWhy"></p>
    <p class="none" id="open-none" data-word="decideNone"></p>
    <ul id="open-list" class="cards"></ul>
  </section>
  <section>
    <h2><span data-word="printers"></span> <b id="printer-count"></b></h2>
    <p class="none" id="printer-none" data-word="printersNone"></p>
    <div id="stores"></div>
  </section>
  <section>
    <h2><span data-word="slips"></span></h2>
    <div id="filters">
      <select id="state"></select>
      <input id="find" spellcheck="false" autocomplete="off">
    </div>
    <p class="none" id="slip-none" data-word="slipsNone"></p>
    <table id="slips">
      <thead><tr><th data-word="key"></th><th data-word="state"></th><th data-word="printer"></th><th data-word="when"></th></tr></thead>
      <tbody></tbody>
    </table>
  </section>
</main>
<dialog id="ask">
  <form method="dialog">
    <h2 id="ask-key"></h2>
    <label for="ask-reason" data-word="copyAsk"></label>
    <input id="ask-reason" maxlength="200" required>
    <div><button value="yes" data-word="copy" class="strong"></button><button value="no" formnovalidate data-word="cancel"></button></div>
  </form>
</dialog>
<script src="/status/words.js"></script>
<script src="/status/page.js"></script>
</body>
</html>
`

export const PAGE_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M7 2h18v28l-3-3-3 3-3-3-3 3-3-3-3 3z" fill="#fffefb" stroke="#2b2b2a" stroke-width="2"/><circle cx="16" cy="13" r="4" fill="#4c9a6a"/></svg>
`
