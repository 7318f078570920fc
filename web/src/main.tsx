import { opening } from './opening.ts';
import './style/tokens.css';
import './style/page.css';
import { render } from 'preact';
import { Page } from './shell/page.tsx';
import { DashboardProvider, startDashboard } from './state/dashboard.tsx';

// A page that was open while the monitor was replaced asks for parts that are no longer there: the new page has its own.
window.addEventListener('vite:preloadError', () => window.location.reload());

/** So long the page waits to be drawn whole rather than in pieces. */
const PATIENCE_MS = 400;

function draw(): void {
  const place = document.getElementById('page');
  if (!place) return;
  place.textContent = '';
  render(
    <DashboardProvider dashboard={startDashboard(window, opening)}>
      <Page />
    </DashboardProvider>,
    place,
  );
}

void Promise.race([opening.settled, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]).then(draw);
