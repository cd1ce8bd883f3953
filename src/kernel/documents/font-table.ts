/**
 * The document's font table: for each official face the names under which a reader's machine may have it, so that
 * Word and WPS fall back to 仿宋 and not to 宋体 where 仿宋_GB2312 is missing.
 */
const faces: readonly [name: string, alternatives: string, family: string][] = [
  ['仿宋_GB2312', '仿宋,FangSong', 'modern'],
  ['楷体_GB2312', '楷体,KaiTi', 'modern'],
  ['黑体', 'SimHei', 'modern'],
  ['宋体', 'SimSun', 'auto'],
  ['方正小标宋简体', '方正小标宋_GBK,小标宋体,宋体', 'script'],
]

export const fontTable =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
  faces
    .map(
      ([name, alternatives, family]) =>
        `<w:font w:name="${name}"><w:altName w:val="${alternatives}"/><w:charset w:val="86"/>` +
        `<w:family w:val="${family}"/></w:font>`,
    )
    .join('') +
  '<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>' +
  '</w:fonts>'
