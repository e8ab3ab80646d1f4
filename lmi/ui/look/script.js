// Save buttons press the chart's own download button after setting its format, so the image is drawn
// in this browser, at slide size, without the network. Copy link copies the address as it stands.
(() => {
  if (window.lmiReady) return;
  window.lmiReady = true;
  const say = (button, text) => {
    const before = button.textContent;
    button.textContent = text;
    setTimeout(() => { button.textContent = before; }, 1600);
  };
  // The trap of the comment form is for robots: nobody comes to it by keyboard or hears of it.
  const quiet = () => {
    document.querySelectorAll('[class*="st-key-comment-trap-"] input:not([tabindex="-1"])').forEach((field) => {
      field.tabIndex = -1;
      field.closest('[class*="st-key-comment-trap-"]').setAttribute('aria-hidden', 'true');
    });
  };
  new MutationObserver(quiet).observe(document.body, { childList: true, subtree: true });
  document.addEventListener('click', (event) => {
    const save = event.target.closest('button[data-save]');
    if (save) {
      const block = document.querySelector('.st-key-chart-' + save.dataset.chart);
      const graph = block && block.querySelector('.js-plotly-plot');
      const press = graph && graph.querySelector('.modebar-btn[data-title^="Download plot"]');
      if (!press) { say(save, 'Not ready yet'); return; }
      const options = graph._context.toImageButtonOptions;
      const before = { ...options };
      options.format = save.dataset.save;
      if (save.dataset.save === 'svg') options.scale = 1;
      press.click();
      Object.assign(options, before);
      return;
    }
    const copy = event.target.closest('button[data-copy-link]');
    if (copy) {
      const done = () => say(copy, 'Copied');
      const byHand = () => {
        const box = document.createElement('textarea');
        box.value = location.href;
        document.body.append(box);
        box.select();
        document.execCommand('copy');
        box.remove();
        done();
      };
      if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(done, byHand);
      else byHand();
    }
  });
})();
