/** Name and text of each file of tables, made from iconv-lite. */
export function tableFiles(): Readonly<Record<string, string>>
