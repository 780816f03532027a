/* Small helps only: every page works without this file. */
(function () {
  'use strict';

  // Bulk selection: a tick for all, the running count, and no button that would do nothing
  function bulk(form) {
    if (form.dataset.ready) { return; }
    form.dataset.ready = 'yes';
    var boxes = Array.prototype.slice.call(form.querySelectorAll('tbody input[type=checkbox]'));
    var out = form.querySelector('[data-count]');
    var head = form.querySelector('thead th.n');
    var all = null;
    if (head && boxes.length > 1) {
      all = document.createElement('input');
      all.type = 'checkbox';
      all.className = 'vcdb-check';
      all.setAttribute('aria-label', 'Select all shown');
      var hit = document.createElement('span');
      hit.className = 'vcdb-hit';
      hit.appendChild(all);
      head.replaceChildren(hit);
      all.addEventListener('change', function () { boxes.forEach(function (b) { b.checked = all.checked; }); show(); });
    }
    function show() {
      var n = 0;
      boxes.forEach(function (b) { if (b.checked) { n += 1; } b.closest('tr').classList.toggle('is-selected', b.checked); });
      if (out) { out.textContent = (n || 'None') + ' ' + (out.dataset.noun || 'selected'); }
      if (all) { all.checked = n > 0 && n === boxes.length; all.indeterminate = n > 0 && n < boxes.length; }
      form.querySelectorAll('.vcdb-bulk button').forEach(function (b) { b.disabled = n === 0; });
    }
    boxes.forEach(function (b) { b.addEventListener('change', show); });
    show();
  }

  // One-letter choices and J, K through the queue: only when nothing is being typed, and only while they are switched on
  function on() {
    var box = document.querySelector('[data-keys-on]');
    return !box || box.checked;
  }
  function typing(it) { return /^(INPUT|SELECT|TEXTAREA)$/.test(it.tagName) && !/^(radio|checkbox)$/.test(it.type); }
  function keys(event) {
    var focus = document.activeElement;
    var holder = document.querySelector('[data-keys]');
    if (event.key === 'Enter' && event.ctrlKey && focus.tagName === 'TEXTAREA' && focus.closest('[data-keys]')) {
      event.preventDefault();
      focus.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(focus)) { return; }
    var key = event.key.toLowerCase();
    var inList = focus.closest('[data-rows]') && focus.matches('th a');
    var step = (on() && key === 'j') || (inList && key === 'arrowdown') ? 1 : (on() && key === 'k') || (inList && key === 'arrowup') ? -1 : 0;
    if (step) { move(step, event); return; }
    var choice = on() && holder && holder.querySelector('input[data-key="' + CSS.escape(key) + '"]');
    if (choice) {
      event.preventDefault();
      choice.checked = true;
      var reason = holder.querySelector('textarea[data-next]');
      (reason || choice).focus();
    }
  }
  // The next row, or the one before: opened in the panel, as its link would
  function move(step, event) {
    var links = Array.prototype.slice.call(document.querySelectorAll('[data-rows] tbody th a'));
    var here = links.indexOf(document.activeElement);
    if (here < 0) { here = links.findIndex(function (a) { return a.closest('tr').classList.contains('is-open'); }); }
    var next = links[here + step];
    if (!next) { return; }
    event.preventDefault();
    if (event.key.length > 1) { next.focus(); } else { next.click(); }
  }
  function keySwitch(box) {
    var own = box.querySelector('[data-keys-on]');
    box.hidden = false;
    try { own.checked = window.localStorage.getItem('vcdb-letters') !== 'off'; } catch (refused) { return; }
    own.addEventListener('change', function () { window.localStorage.setItem('vcdb-letters', own.checked ? 'on' : 'off'); });
  }

  // Warn before the session ends; the page says how long it lasts
  function session() {
    var box = document.querySelector('[data-session]');
    if (!box) { return; }
    var left = Number(box.dataset.session) - 120;
    if (left > 0) { window.setTimeout(function () { box.hidden = false; }, left * 1000); }
    box.querySelector('[data-stay]').addEventListener('click', function () {
      window.fetch(box.dataset.stay, {method: 'HEAD', credentials: 'same-origin', redirect: 'manual'}).then(function () { box.hidden = true; session(); });
    });
  }

  // A form that is under way is not sent twice
  function once(event) {
    var form = event.target;
    if (form.method !== 'post' || event.defaultPrevented) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    window.setTimeout(function () { delete form.dataset.sent; }, 4000);
  }

  // Whether letters choose is remembered in this browser
  function letters(root) {
    root.querySelectorAll('[data-script]').forEach(function (part) { part.hidden = false; });
    root.querySelectorAll('[data-keys-on]').forEach(function (box) {
      box.checked = window.localStorage.getItem('vcdb-letters') !== 'off';
      box.addEventListener('change', function () { window.localStorage.setItem('vcdb-letters', box.checked ? 'on' : 'off'); });
    });
  }

  function ready(root) {
    letters(root);
    root.querySelectorAll('[data-bulk]').forEach(bulk);
    root.querySelectorAll('[data-keys-box]').forEach(keySwitch);
    root.querySelectorAll('[data-print]').forEach(function (b) { b.hidden = false; b.addEventListener('click', function () { window.print(); }); });
    root.querySelectorAll('select[data-send]').forEach(function (s) { s.addEventListener('change', function () { s.form.requestSubmit(); }); });
  }

  // What is typed is kept on the page until it is saved: sent again when the line is back, or when somebody has signed in again elsewhere
  function keep(form) {
    var said = document.querySelector(form.getAttribute('hx-target'));
    var typed = 0;
    var sent = 0;
    var out = false;
    function lost() { said.textContent = 'Not saved: the connection is lost. All you typed is on this page and is sent again.'; }
    function signedOut(now) {
      out = now;
      if (out) { said.textContent = 'Not saved: you are signed out. Sign in again, below; all you typed is on this page.'; }
      document.querySelectorAll('[data-signed-out]').forEach(function (part) { part.hidden = !out; });
    }
    // whoever signs in again has a new token, which the page has not
    function renewed() {
      return window.fetch(form.dataset.keep, {credentials: 'same-origin', redirect: 'manual'}).then(function (answer) {
        if (answer.headers.get('Signed-In') !== 'yes') { signedOut(true); return false; }
        return answer.text().then(function (token) {
          document.body.setAttribute('hx-headers', JSON.stringify({'X-CSRFToken': token}));
          document.querySelectorAll('input[name=csrfmiddlewaretoken]').forEach(function (field) { field.value = token; });
          if (out) { said.textContent = 'Signed in again.'; }
          signedOut(false);
          return true;
        });
      });
    }
    function send() { window.htmx.trigger(form, 'again'); }
    function anew() { renewed().then(function (taken) { if (taken && typed !== sent) { send(); } }, lost); }
    function again() { if (out) { anew(); } else if (typed !== sent) { send(); } }
    form.addEventListener('input', function () { typed += 1; });
    form.addEventListener('htmx:beforeRequest', function (event) { event.detail.xhr.typed = typed; });
    form.addEventListener('htmx:sendError', lost);
    form.addEventListener('htmx:responseError', function (event) {
      if (event.detail.xhr.status === 401 || event.detail.xhr.status === 403) { signedOut(true); } else { said.textContent = 'Not saved. It is sent again.'; }
    });
    form.addEventListener('htmx:afterOnLoad', function (event) {
      if (event.detail.xhr.status !== 200) { return; }
      sent = event.detail.xhr.typed;
      signedOut(false);
    });
    // a form is sent once it is known that it is taken: the sign-in page would come in its place, and all that was typed be gone
    document.addEventListener('submit', function (event) {
      var asked = event.target;
      if (asked.method !== 'post' || asked.dataset.taken || !asked.closest('main')) { return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      renewed().then(function (taken) {
        if (!taken) { document.querySelector('[data-signed-out] a').focus(); return; }
        asked.dataset.taken = 'yes';
        asked.requestSubmit(event.submitter);
        delete asked.dataset.taken;
      }, lost);
    }, true);
    form.addEventListener('submit', function () { sent = typed; });
    window.setInterval(again, 5000);
    window.addEventListener('online', again);
    window.addEventListener('focus', function () { if (out || typed !== sent) { anew(); } });
    window.addEventListener('beforeunload', function (event) { if (typed !== sent) { event.preventDefault(); } });
  }

  ready(document);
  document.querySelectorAll('form[data-keep]').forEach(keep);
  session();
  var problem = document.querySelector('[data-problem]');
  if (problem) { problem.focus(); document.title = 'Error: ' + document.title.replace(/^Error: /, ''); }
  document.addEventListener('keydown', keys);
  document.addEventListener('submit', once);
  document.addEventListener('htmx:load', function (event) { ready(event.target); });
  // Print opens every folded part, so that the paper has what the screen could show
  window.addEventListener('beforeprint', function () { document.querySelectorAll('details').forEach(function (d) { d.open = true; }); });
})();
