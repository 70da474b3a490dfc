/** The records of a ZIP file, as far as files that are stored as they are need them (PKWARE APPNOTE 6.3.10, section 4.3). */

export const localSignature = 0x04034b50;
export const centralSignature = 0x02014b50;
export const endSignature = 0x06054b50;

/** Bytes before the name. */
export const localBytes = 30;
export const centralBytes = 46;
/** Without a comment. */
export const endBytes = 22;

/** What 32 and 16 bits hold; beyond it begins ZIP64, which is not written here. */
export const mostBytes = 0xffffffff;
export const mostEntries = 0xffff;
