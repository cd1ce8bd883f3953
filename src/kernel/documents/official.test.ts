import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import { columnWidths } from './columns.ts'
import { CHARACTERS_PER_LINE, LINES_PER_PAGE, signatureIndents, titleLines } from './layout.ts'
import { chineseOrdinal, documentNumber, officialDate, type OfficialDocument } from './model.ts'
import { officialDocx } from './official.ts'

const paragraph = (text: string) => ({ kind: 'paragraph' as const, runs: [{ text }] })
const report: OfficialDocument = {
  title: '江东机械制造有限公司工会委员会关于二〇二六年度工会工作情况的报告',
  addressee: '江东市总工会',
  body: [
    { kind: 'heading', level: 1, text: '一、困难帮扶 <b>&' },
    {
      kind: 'paragraph',
      runs: [
        { text: '全年慰问职工' },
        { text: '86人', bookmark: 'care.visit-1' },
        { text: '，\u0000坏字符\u000b不写入。' },
      ],
    },
    {
      kind: 'table',
      columns: [
        { title: '项目', width: 2 },
        { title: '金额（元）', align: 'right' },
      ],
      rows: [['春节慰问', '600,000.00']],
      repeatHeader: true,
    },
  ],
  signature: { organ: '江东机械制造有限公司工会委员会', date: officialDate('2026-12-08') },
  attachments: [
    { name: '数据指标一览表', body: [paragraph('略')] },
    { name: '会员花名册', landscape: true, body: [paragraph('略')] },
  ],
}

/** The text of one part of a DOCX. */
const part = (docx: Buffer, name: string): Promise<string> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(docx, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error)
      zip.on('entry', (entry: yauzl.Entry) => {
        if (entry.fileName !== name) return zip.readEntry()
        zip.openReadStream(entry, async (failed, stream) => {
          if (failed) return reject(failed)
          const chunks: Buffer[] = []
          for await (const chunk of stream) chunks.push(chunk as Buffer)
          resolve(Buffer.concat(chunks).toString('utf8'))
        })
      })
      zip.on('end', () => reject(new Error(`no ${name}`)))
      zip.readEntry()
    })
  })

describe('the DOCX', () => {
  let document: string
  let docx: Buffer
  beforeAll(async () => {
    docx = await officialDocx(report)
    document = await part(docx, 'word/document.xml')
  })

  it('has A4 paper with margins of 37, 35, 28 and 26 mm and a turned section for the wide attachment', () => {
    expect(document).toContain('w:top="2098"')
    expect(document).toContain('w:bottom="1984"')
    expect(document).toContain('w:left="1587"')
    expect(document).toContain('w:right="1474"')
    expect(document).toMatch(/<w:pgSz w:w="11906" w:h="16838"/)
    expect(document).toMatch(/<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/)
  })

  it('names a figure by a bookmark and keeps text as text', () => {
    expect(document).toMatch(/<w:bookmarkStart[^>]*w:name="f_care_visit_1_[0-9a-f]{8}"/)
    expect(document).toContain('一、困难帮扶 &lt;b&gt;&amp;')
    expect(document).toContain('坏字符不写入')
  })

  it('never gives two figures one name', async () => {
    const long = 'care.visit.'.repeat(5)
    const names = [`${long}1`, `${long}2`, 'a.b', 'a_b', 'a-b']
    const runs = names.map((bookmark) => ({ text: '1', bookmark }))
    const xml = await part(
      await officialDocx({ title: '题', body: [{ kind: 'paragraph', runs }] }),
      'word/document.xml',
    )
    const written = [...xml.matchAll(/<w:bookmarkStart[^>]*w:name="([^"]*)"/g)].map((match) => match[1]!)
    expect(new Set(written).size).toBe(names.length)
    for (const name of written) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]{0,39}$/)
  })

  it('repeats the head of a table and splits no row', () => {
    expect(document).toContain('<w:tblHeader/>')
    expect(document.match(/<w:cantSplit\/>/g)).toHaveLength(2)
  })

  it('lists the attachments under the body and begins each with its number', () => {
    expect(document).toContain('附件：1. 数据指标一览表')
    expect(document).toContain('2. 会员花名册')
    expect(document).toMatch(/>附件1<.*>附件2</s)
  })

  it('forbids a line to begin with 元 and offers 仿宋 where 仿宋_GB2312 is missing', async () => {
    expect(await part(docx, 'word/settings.xml')).toMatch(/noLineBreaksBefore[^>]*元万亿/)
    expect(await part(docx, 'word/fontTable.xml')).toContain(
      '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong"/>',
    )
  })
})

// Remedy for a skip: apt-get install libreoffice-writer-nogui poppler-utils fonts-noto-cjk fonts-liberation2
const canRender = ['soffice', 'pdftotext'].every((program) =>
  (process.env.PATH ?? '').split(':').some((folder) => existsSync(path.join(folder, program))),
)
describe.skipIf(!canRender)('the page as LibreOffice lays it out', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'zhijia-page-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  interface Word {
    x: number
    y: number
    text: string
  }
  /** Words of each page with their place in points, from the PDF. */
  function pages(docx: Buffer, name: string): Word[][] {
    writeFileSync(path.join(folder, `${name}.docx`), docx)
    execFileSync(
      'soffice',
      [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
        path.join(folder, `${name}.docx`),
      ],
      {
        env: { ...process.env, HOME: folder, FONTCONFIG_FILE: path.join(import.meta.dirname, 'fonts.conf') },
        stdio: 'ignore',
      },
    )
    const xml = execFileSync('pdftotext', ['-bbox', path.join(folder, `${name}.pdf`), '-']).toString('utf8')
    return xml
      .split('<page ')
      .slice(1)
      .map((page) =>
        [...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</g)].map((word) => ({
          x: Number(word[1]),
          y: Number(word[2]),
          text: word[3]!,
        })),
      )
  }
  /** Lines from top to bottom; words closer than half a line belong together. */
  function lines(words: Word[]): string[] {
    const rows: { y: number; text: string }[] = []
    for (const word of words.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
      const row = rows.find((known) => Math.abs(known.y - word.y) < 10)
      if (row) row.text += word.text
      else rows.push({ y: word.y, text: word.text })
    }
    return rows.map((row) => row.text)
  }

  it('has 22 lines of 28 characters and the page number outside', { timeout: 120_000 }, async () => {
    const [first, second, third] = pages(
      await officialDocx({ title: '题', body: [paragraph('职'.repeat(28 * 70))] }),
      'full',
    )
    const inner = lines(second!)
    expect(inner.pop()).toBe('—2—')
    expect(inner).toHaveLength(LINES_PER_PAGE)
    expect(inner.map((text) => text.length)).toEqual(Array(LINES_PER_PAGE).fill(CHARACTERS_PER_LINE))
    expect(lines(first!).at(-1)).toBe('—1—')
    // Odd pages carry it right, even pages left.
    expect(first!.at(-1)!.x).toBeGreaterThan(400)
    expect(second!.at(-1)!.x).toBeLessThan(150)
    expect(lines(third!)).toHaveLength(LINES_PER_PAGE + 1)
  })

  it('never tears a number apart, wherever it falls on the line', { timeout: 120_000 }, async () => {
    const body = Array.from({ length: 28 }, (_, before) =>
      paragraph(`${'慰'.repeat(20 + before)}发放慰问金1,284,691.35元，慰问2,306人次，覆盖98.5%的职工。`),
    )
    const whole = pages(await officialDocx({ title: '题', body }), 'amounts').flatMap(lines)
    expect(whole.filter((text) => /1,284,691\.35/.test(text))).toHaveLength(28)
    expect(whole.filter((text) => /2,306/.test(text))).toHaveLength(28)
    expect(whole.filter((text) => /98\.5%/.test(text))).toHaveLength(28)
  })

  it('puts the upper edge of the red mark 35 mm below the text block', { timeout: 120_000 }, async () => {
    const head = { mark: '清河县总工会文件', number: documentNumber('清工发', 2026, 6), signer: '王芳' }
    const docx = await officialDocx({ head, title: '关于开展送温暖活动的通知', body: [paragraph('特此通知。')] })
    const [page] = pages(docx, 'head')
    const mark = page!.find((word) => word.text === '清河县总工会文件')!
    // 72 mm are 204 pt; the box of the type begins a little above its ink.
    expect(Math.abs(mark.y - 204)).toBeLessThan(8)
    expect(lines(page!).slice(0, 3)).toEqual([
      '清河县总工会文件',
      '清工发〔2026〕6号签发人：王芳',
      '关于开展送温暖活动的通知',
    ])
    expect(await part(docx, 'word/document.xml')).toMatch(/<w:pBdr><w:bottom[^>]*w:color="FF0000"/)
  })

  it('keeps the signature on the page of the last sentence', { timeout: 120_000 }, async () => {
    // 20 lines of body under a title and a blank leave no room for three more.
    const doc = {
      title: '题',
      body: [...Array.from({ length: 19 }, () => paragraph('职工。')), paragraph('特此报告。')],
    }
    const laid = pages(await officialDocx({ ...doc, signature: report.signature! }), 'signature').map(lines)
    expect(laid).toHaveLength(2)
    expect(laid[1]).toEqual(['特此报告。', '江东机械制造有限公司工会委员会', '2026年12月8日', '—2—'])
  })
})

describe('places', () => {
  it.each([
    ['江东机械制造有限公司工会委员会', '2026年12月28日', false, { organ: 2, date: 8 }],
    ['工会委员会', '2026年12月28日', false, { organ: 6, date: 2 }],
    ['工会委员会', '2026年12月28日', true, { organ: 5, date: 4 }],
    ['江东机械制造有限公司工会委员会机关第一分会', '2026年1月8日', true, { organ: 0, date: 7.5 }],
  ])('%s over %s (seal: %s)', (organ, date, sealed, expected) => {
    expect(signatureIndents(organ, date, sealed)).toEqual(expected)
  })

  it('breaks a long title into balanced lines at words', () => {
    expect(titleLines('年度工作总结')).toEqual(['年度工作总结'])
    const broken = titleLines(report.title)
    expect(broken.join('')).toBe(report.title)
    expect(broken).toHaveLength(2)
    for (const row of broken) expect(row.length).toBeLessThanOrEqual(20)
    expect(titleLines('上行\n下行')).toEqual(['上行', '下行'])
  })

  it('shares a width without losing a twip', () => {
    expect(columnWidths([{ title: 'a' }, { title: 'b' }, { title: 'c' }], 1000)).toEqual([333, 334, 333])
    expect(
      columnWidths(
        [
          { title: 'a', width: 1 },
          { title: 'b', width: 3 },
        ],
        400,
      ),
    ).toEqual([100, 300])
  })

  it.each([
    [1, '一'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [35, '三十五'],
    [99, '九十九'],
  ])('%d is %s', (n, text) => {
    expect(chineseOrdinal(n)).toBe(text)
  })
})
