/** Keeps the page for offline use and offers its updates. Loaded when the page has nothing better to do. */
import { mount } from 'svelte';
import { registerServiceWorker } from '../offline/register-service-worker';
import { AppUpdate } from '../state/app-update.svelte';
import UpdateNotice from '../ui/shell/UpdateNotice.svelte';

export async function startOffline(): Promise<void> {
  const registration = await registerServiceWorker();
  if (!registration) return;
  const container = navigator.serviceWorker;
  const update = new AppUpdate({ registration, container, reload: () => location.reload() });
  mount(UpdateNotice, { target: document.body, props: { update } });
}
