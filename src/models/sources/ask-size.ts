/** How large a file is on its server. */

export interface FileOnServer {
  readonly status: number;
  /** Absent where there is no such file, or where the server does not tell. */
  readonly bytes?: number;
}

/** @throws TypeError where no server answers, or the signal's reason */
export async function askSize(url: string, signal: AbortSignal): Promise<FileOnServer> {
  // A range is asked for without compression, so that the length is that of the file.
  const asked = { method: 'HEAD', headers: { Range: 'bytes=0-' }, signal };
  const { ok, status, headers } = await fetch(url, asked);
  const bytes = Number(headers.get('content-length'));
  return { status, ...(ok && bytes > 0 && { bytes }) };
}
