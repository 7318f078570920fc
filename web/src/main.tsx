import './style/tokens.css';
import './style/page.css';
import { render } from 'preact';
import { Page } from './shell/page.tsx';
import { DashboardProvider, startDashboard } from './state/dashboard.tsx';

const place = document.getElementById('page');
if (place) {
  place.textContent = '';
  render(
    <DashboardProvider dashboard={startDashboard(window)}>
      <Page />
    </DashboardProvider>,
    place,
  );
}
