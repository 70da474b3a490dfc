/** Sets what a browser says when a page calls this device or its network. */
import type { Page } from '@playwright/test';

/** A browser without a screen denies at once what it would ask about; what is set here stays, `prompt` too. */
export async function setNetworkPermission(page: Page, setting: PermissionState): Promise<void> {
  const ofPage = await page.context().newCDPSession(page);
  const { browserContextId } = (await ofPage.send('Target.getTargetInfo')).targetInfo;
  const session = await page.context().browser()?.newBrowserCDPSession();
  const { origin } = new URL(page.url());
  for (const name of ['loopback-network', 'local-network', 'local-network-access']) {
    const permission = { name };
    await session?.send('Browser.setPermission', { permission, setting, origin, browserContextId });
  }
}
