/** The certificate and its key: read and checked at the start, so that no browser finds out later. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckedEnvironment } from './environment';
import { SettingsError, type TlsSettings } from './settings';

type TlsVariable = 'RELAY_TLS_CERT' | 'RELAY_TLS_KEY';

/** @throws SettingsError */
export function readTls(env: Pick<CheckedEnvironment, TlsVariable>): TlsSettings | undefined {
  const { RELAY_TLS_CERT: certPath, RELAY_TLS_KEY: keyPath } = env;
  if (certPath === undefined && keyPath === undefined) return undefined;
  if (certPath === undefined) throw new SettingsError(alone('RELAY_TLS_KEY', 'RELAY_TLS_CERT'));
  if (keyPath === undefined) throw new SettingsError(alone('RELAY_TLS_CERT', 'RELAY_TLS_KEY'));
  const cert = readPem('RELAY_TLS_CERT', certPath);
  const key = readPem('RELAY_TLS_KEY', keyPath);
  if (!certificateOf(cert, certPath).checkPrivateKey(keyOf(key, keyPath))) {
    throw new SettingsError(
      `RELAY_TLS_KEY: ${keyPath} does not belong to the certificate of RELAY_TLS_CERT, ${certPath}.`,
    );
  }
  return { cert, key };
}

function readPem(variable: TlsVariable, path: string): string {
  try {
    return readFileSync(resolve(path), 'utf8');
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SettingsError(`${variable}: the file cannot be read: ${said}.`);
  }
}

function certificateOf(pem: string, path: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new SettingsError(
      `RELAY_TLS_CERT: ${path} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).`,
    );
  }
}

function keyOf(pem: string, path: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new SettingsError(
      `RELAY_TLS_KEY: ${path} holds no private key in PEM form that can be used without a passphrase.`,
    );
  }
}

function alone(given: TlsVariable, missing: TlsVariable): string {
  return `${given} is set, so ${missing} must name the other file: TLS needs the certificate and its key.`;
}
