/**
 * The document's settings: odd and even footers, and which characters may not begin or end a line. To the usual
 * Chinese set we add 元万亿余, so that 24,691.35元 keeps its unit; joining characters with U+2060 was tried and dropped:
 * LibreOffice ignores it, some fonts draw a box for it, and nobody finds the amount by search any more.
 */
const NEVER_FIRST =
  '!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠元万亿余'
const NEVER_LAST = '$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥'

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export const settingsPart =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
  '<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>' +
  '<w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="156"/>' +
  '<w:characterSpacingControl w:val="compressPunctuation"/>' +
  `<w:noLineBreaksAfter w:lang="zh-CN" w:val="${attribute(NEVER_LAST)}"/>` +
  `<w:noLineBreaksBefore w:lang="zh-CN" w:val="${attribute(NEVER_FIRST)}"/>` +
  '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>' +
  '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>' +
  '</w:settings>'
