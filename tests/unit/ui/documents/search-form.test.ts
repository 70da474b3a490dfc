import { expect, it } from 'vitest';
import { addressOf, emptyForm, formOf } from '../../../../src/ui/documents/collections/search-form';

const searches = [{ id: 'wiki', label: 'Our wiki' }];

it('makes an address once there is one, and the same form of it again', () => {
  const form = emptyForm([]);
  expect(addressOf(form, [])).toBeUndefined();
  expect(addressOf({ ...form, url: 'ftp://x' }, [])).toBeUndefined();
  const filled = { ...form, url: 'https://wiki.example/find', score: ' ' };
  const address = addressOf(filled, []);
  expect(address).toMatchObject({ via: 'direct', label: 'wiki.example', sourcePath: 'source' });
  expect(address).not.toHaveProperty('scorePath');
  expect(address && formOf(address)).toEqual({ ...filled, score: '' });
});

it('goes through the relay where that knows a search', () => {
  const form = emptyForm(searches);
  const address = addressOf(form, searches);
  expect(address).toMatchObject({ via: 'relay', url: '/api/searches/wiki', label: 'Our wiki' });
  expect(address && formOf(address)).toEqual(form);
});
