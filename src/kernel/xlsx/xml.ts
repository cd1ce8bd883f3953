import type { Readable } from 'node:stream'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { Problem } from '../contract/problem.ts'
import { damaged, workbookProblem } from './container.ts'

export interface XmlEvents {
  /** `name` without its namespace prefix. */
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

const localNames = new Map<string, string>()
function localName(name: string): string {
  let local = localNames.get(name)
  if (local === undefined) {
    local = name.slice(name.indexOf(':') + 1)
    if (localNames.size < 1000) localNames.set(name, local)
  }
  return local
}

/**
 * Walks an XML part as it is unpacked; after each chunk control goes back to the caller (and to the event loop).
 * A workbook has no DOCTYPE: one is an attempt at entity tricks, and refused.
 */
export async function* walkXml(stream: Readable, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  parser.on('doctype', () => {
    throw workbookProblem(
      'workbook-doctype',
      '工作簿里有不允许的文档类型声明，已停止读取。请用 Excel 或 WPS 另存为新的 .xlsx 后再上传。',
    )
  })
  parser.on('error', (error) => {
    throw error
  })
  if (events.open) parser.on('opentag', (tag: SaxesTagPlain) => events.open!(localName(tag.name), tag.attributes))
  if (events.text) parser.on('text', (text) => events.text!(text))
  if (events.text) parser.on('cdata', (text) => events.text!(text))
  if (events.close) parser.on('closetag', (tag: SaxesTagPlain) => events.close!(localName(tag.name)))
  let decoder: InstanceType<typeof TextDecoder> | null = null
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : 'utf-8', { fatal: true })
      parser.write(decoder.decode(chunk, { stream: true }))
      yield
    }
    if (!decoder) throw damaged()
    parser.write(decoder.decode())
    parser.close()
    yield
  } catch (error) {
    throw error instanceof Problem ? error : damaged()
  } finally {
    stream.destroy()
  }
}

/** The same for small parts: walks to the end. */
export async function readXml(stream: Readable, events: XmlEvents): Promise<void> {
  for await (const _ of walkXml(stream, events));
}
