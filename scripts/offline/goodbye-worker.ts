/**
 * What `npm run dev` serves as the service worker. `npm start` uses the same port, and its service worker would
 * go on showing the built page: the browser asks for a newer one, gets this and is rid of both.
 */
export const goodbyeWorker = `
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(leave()));
async function leave() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('switchyard-')).map((name) => caches.delete(name)));
  await registration.unregister();
  for (const client of await clients.matchAll({ type: 'window' })) await client.navigate(client.url);
}
`;
