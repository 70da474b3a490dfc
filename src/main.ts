import { mount } from 'svelte';
import './app/theme.css';
import App from './app/App.svelte';
import { createServices, startServices } from './app/services';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

const services = createServices(location.origin);
mount(App, { target, props: { services } });
void startServices(services);
