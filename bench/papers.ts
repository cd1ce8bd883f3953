import { chineseOrdinal, type Block, type OfficialDocument } from '../src/kernel/documents/model.ts'
import { officialDocx } from '../src/kernel/documents/official.ts'
import { inTurn } from './clock.ts'
import { duration, type Result } from './result.ts'

/** A page of an official document holds 22 lines of 28 characters. */
const PAGE = 22 * 28

/** Some twenty pages: sections with figures to point at, and the appendix table of them. */
export function longReport(pages = 20): OfficialDocument {
  const sentence =
    '全年走访慰问住院职工及家属128人次，发放慰问金6.4万元，单位领导带队走访36人次，做到及时上门、当面问候、逐一登记。'
  const body: Block[] = []
  const rows: string[][] = []
  let characters = 0
  for (let section = 1; characters < (pages - 3) * PAGE; section++) {
    body.push({
      kind: 'heading',
      level: 1,
      text: `${chineseOrdinal(section)}、第${chineseOrdinal(section)}方面工作情况`,
    })
    for (let paragraph = 1; paragraph <= 4; paragraph++) {
      const runs = Array.from({ length: 6 }, (_, place) => ({
        text: sentence,
        bookmark: `f.${section}.${paragraph}.${place}`,
      }))
      body.push({ kind: 'paragraph', runs })
      characters += 6 * sentence.length + 14
      rows.push([`指标${section}.${paragraph}`, '128人次', '期内登记的人次', '128'])
    }
  }
  const columns = [
    { title: '指标' },
    { title: '数值' },
    { title: '口径' },
    { title: '记录数', align: 'right' as const },
  ]
  return {
    title: '河州市总工会\n2026年工作总结',
    body,
    signature: { organ: '河州市总工会', date: '2026年12月31日' },
    attachments: [{ name: '数据说明', body: [{ kind: 'table', columns, rows, repeatHeader: true }] }],
  }
}

export async function measureDocument(rounds: number): Promise<Result[]> {
  const report = longReport()
  const { docx } = await inTurn({ docx: () => officialDocx(report) }, rounds, 1)
  return [
    {
      part: 'Documents and workbooks',
      what: 'a DOCX of 20 pages with bookmarks and an appendix table',
      measured: `${duration(docx.median)}, p95 ${duration(docx.p95)}`,
      aim: '≤ 2 s',
      met: docx.median <= 2000,
    },
  ]
}
