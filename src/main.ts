import { mount } from 'svelte';
import './app/theme.css';
import App from './app/App.svelte';
import { createServices, startServices } from './app/services';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

const services = createServices(location.origin);
mount(App, { target, props: { services } });
void startServices(services);

/** In development files change all the time, and nothing is kept. */
if (import.meta.env.PROD)
  addEventListener('load', () => (window.requestIdleCallback ?? setTimeout)(keepPage));

function keepPage(): void {
  // Without it the page works, only not without its server.
  import('./app/start-offline').then(({ startOffline }) => startOffline()).catch(() => undefined);
}
