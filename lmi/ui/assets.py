"""Style and script of the pages. No user's text ever enters either."""

STYLE = """
.st-key-address, .st-key-assets { display: none; }
[data-testid="stMainBlockContainer"] { padding: 1.4rem 1.5rem 2rem; max-width: 1500px; }
[data-testid="stHeader"] { background: transparent; height: 2.2rem; }
[data-testid="stSidebarHeader"] { height: 2rem; margin: 0; padding-bottom: 0; }
[data-testid="stSidebarUserContent"] { padding-top: 0; }
[data-testid="stVerticalBlock"] { gap: 0.7rem; }
h1.lmi-question { font-size: 1.12rem; font-weight: 500; padding: 0; margin: 0 0 0.15rem; letter-spacing: 0; }
.lmi-answer { font-size: 1.5rem; line-height: 1.25; font-weight: 650; margin: 0; text-wrap: balance; }
.lmi-selection { font-size: 0.85rem; opacity: 0.78; margin: 0.15rem 0 0; }
.lmi-tiles { display: grid; grid-template-columns: 1fr 1fr; row-gap: 0.9rem; margin-bottom: 0.8rem; }
.lmi-link, .lmi-list a { color: inherit; text-decoration-color: rgba(128,128,128,0.6); text-underline-offset: 3px; }
.lmi-list a:hover { text-decoration-color: currentColor; }
.lmi-tile { padding: 0.1rem 0.6rem 0.1rem 0.7rem; margin: 0; border-left: 2px solid rgba(128,128,128,0.35); }
.lmi-tile dt { font-size: 0.82rem; opacity: 0.8; margin: 0; }
.lmi-tile dd { margin: 0; padding: 0; font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.2; }
.lmi-tile dd small { display: block; font-size: 0.78rem; font-weight: 400; opacity: 0.8; line-height: 1.3; }
.lmi-split { display: flex; gap: 2px; height: 6px; margin: 0.15rem 0 0.2rem; }
.lmi-split i { background: #6E6E6E; } .lmi-split i:first-child { background: #0072B2; }
.lmi-split i:last-child { background: #9AA7B5; }
h3 { font-size: 1.15rem !important; padding: 0.4rem 0 0.1rem !important; }
.lmi-list { margin: 0 0 0.9rem; }
.lmi-list h3 { font-size: 0.95rem; font-weight: 650; padding: 0; margin: 0 0 0.25rem; }
.lmi-list ol { list-style: none; padding: 0; margin: 0; font-size: 0.9rem; }
.lmi-list li { display: flex; justify-content: space-between; gap: 0.8rem; padding: 0.16rem 0; margin: 0; font-size: 0.9rem; border-bottom: 1px solid rgba(128,128,128,0.2); }
.lmi-list li span { white-space: nowrap; font-variant-numeric: tabular-nums; opacity: 0.85; }
.lmi-list p { font-size: 0.75rem; opacity: 0.75; margin: 0.2rem 0 0; }
.lmi-save { display: flex; gap: 0.4rem; flex-wrap: wrap; }
.lmi-save button, .lmi-copy { font: inherit; font-size: 0.85rem; padding: 0.25rem 0.7rem; min-height: 2rem;
  border: 1px solid rgba(128,128,128,0.55); border-radius: 0.375rem; background: transparent; color: inherit; cursor: pointer; }
.lmi-save button:hover, .lmi-copy:hover { border-color: currentColor; }
.lmi-save button:focus-visible, .lmi-copy:focus-visible { outline: 3px solid #4BA3D9; outline-offset: 2px; }
[data-testid="stDownloadButton"] button, [data-testid="stPopover"] button {
  min-height: 2rem; padding: 0.1rem 0.7rem; border-color: rgba(128,128,128,0.55); background: transparent; }
[data-testid="stDownloadButton"] button p, [data-testid="stPopover"] button p { font-size: 0.85rem; }
[data-testid="stPlotlyChart"] { background: #fff; border-radius: 0.375rem; }
.lmi-evidence { width: 100%; border-collapse: collapse; font-size: 0.92rem; }
.lmi-evidence th { text-align: left; font-weight: 500; }
.lmi-evidence td, .lmi-evidence th { padding: 0.28rem 0.6rem 0.28rem 0; border-bottom: 1px solid rgba(128,128,128,0.25); vertical-align: top; }
.lmi-evidence td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.lmi-facts { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
.lmi-source { font-size: 0.78rem; opacity: 0.78; margin: 0; }
.lmi-chip { display: inline-block; padding: 0.05rem 0.5rem; border: 1px solid rgba(128,128,128,0.5); border-radius: 1rem; font-size: 0.82rem; }
@media (hover: none) { .js-plotly-plot .modebar { display: none; } }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 2.4rem 0.9rem 2rem; }
  .lmi-answer { font-size: 1.3rem; }
  .st-key-search-row > div:has([data-testid="stSelectbox"]) { flex: 1 1 100%; }
  .lmi-evidence { font-size: 0.82rem; }
  .lmi-evidence td.n { white-space: normal; }
  .lmi-evidence td, .lmi-evidence th { padding-right: 0.35rem; }
}
@media print { [data-testid="stSidebar"], .lmi-save { display: none; } }
"""

# Save buttons: they press the chart's own download button after setting its format, so the image is
# drawn in this browser, at slide size, without the network. Copy link: the address as it stands.
SCRIPT = """
(() => {
  if (window.lmiReady) return;
  window.lmiReady = true;
  const say = (button, text) => {
    const before = button.textContent;
    button.textContent = text;
    setTimeout(() => { button.textContent = before; }, 1600);
  };
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
      options.scale = save.dataset.save === 'svg' ? 1 : 2;
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
"""
