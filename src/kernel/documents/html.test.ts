import { describe, expect, it } from 'vitest'
import { printForm } from './form.ts'
import { officialHtml } from './official-html.ts'
import { htmlText } from './text.ts'

const hostile = '<img src=x onerror=alert(1)>"\'&'
const escaped = '&lt;img src=x onerror=alert('

describe('officialHtml', () => {
  const html = officialHtml({
    head: { mark: hostile, number: hostile, signer: hostile },
    title: hostile,
    addressee: hostile,
    body: [
      { kind: 'heading', level: 1, text: `一、${hostile}` },
      { kind: 'paragraph', runs: [{ text: hostile }, { text: '86人', bookmark: 'care.visit:2026"><b>' }] },
      { kind: 'table', columns: [{ title: hostile, align: 'right' }], rows: [[hostile]], repeatHeader: true },
    ],
    signature: { organ: hostile, date: '2026年1月5日' },
    attachments: [{ name: hostile, body: [], landscape: true }],
  })

  it('lets no text become markup', () => {
    expect(html).not.toContain('<img')
    expect(html).not.toContain('"><b>')
    expect(html.split(escaped).length - 1).toBeGreaterThanOrEqual(11)
  })
  it('marks figures so that a screen can open them', () => {
    expect(html).toContain('data-figure="care.visit:2026&quot;&gt;&lt;b&gt;">86人</span>')
  })
  it('turns the page of a wide attachment', () => {
    expect(html).toContain('<section class="attachment wide">')
  })
})

describe('printForm', () => {
  it('sets pairs side by side, wide values and odd ones across', () => {
    const html = printForm({
      title: '慰问登记表',
      fields: [
        { label: '日期', value: '2026-03-05' },
        { label: '类别', value: '住院慰问' },
        { label: '事由', value: '看望', wide: true },
        { label: '备注', value: '' },
      ],
    })
    const spans = [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map((row) =>
      [...row[1]!.matchAll(/colspan="(\d)"/g)].map((cell) => cell[1]),
    )
    expect(spans).toEqual([['1', '1'], ['3'], ['3']])
  })
  it('prints lines with totals, places to sign and a watermark, all escaped', () => {
    const html = printForm({
      title: hostile,
      left: hostile,
      lines: {
        title: hostile,
        columns: [{ title: '姓名' }, { title: '金额（元）', align: 'right' }],
        rows: [[hostile, '500.00']],
        totals: ['合计', '500.00'],
      },
      signatures: ['经办人', '审批人'],
      note: hostile,
      watermark: hostile,
    })
    expect(html).not.toContain('<img')
    expect(html).toContain('<tr class="totals"><td>合计</td>')
    expect(html.match(/<i><\/i>/g)).toHaveLength(2)
  })
})

describe('htmlText', () => {
  it.each([
    ['慰问2,306人次', '慰问<span class="amount">2,306人次</span>'],
    ['共140余万元。', '共<span class="amount">140余万元</span>。'],
    ['占98.5%，', '占<span class="amount">98.5%</span>，'],
    ['无数字\n换行', '无数字<br>换行'],
  ])('%s', (text, html) => expect(htmlText(text)).toBe(html))
})
