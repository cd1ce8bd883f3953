import { expect, test } from 'vitest'
import { findAccounts, type AccountChoice } from './account-search.ts'

const account = (code: string, fullName: string, postable = true): AccountChoice => ({
  code,
  name: fullName.split('—').at(-1)!,
  fullName,
  postable,
})
const accounts = [
  account('101', '库存现金'),
  account('102', '银行存款'),
  account('501', '职工活动支出', false),
  account('50102', '职工活动支出—文体活动'),
  account('50105', '职工活动支出—会员活动'),
  account('50405', '维权支出—送温暖'),
]

test.each([
  ['102', ['102']],
  ['501', ['50102', '50105']],
  ['银行', ['102']],
  ['yh', ['102', '50105']],
  ['swn', ['50405']],
  ['hyhd', ['50105']],
  ['zghdzc', ['50102', '50105']],
  ['活动', ['50102', '50105']],
  ['zzz', []],
])('“%s” finds %j', (typed, codes) => {
  expect(findAccounts(accounts, typed).map((one) => one.code)).toEqual(codes)
})

test('an account with details below it can’t be chosen', () => {
  expect(findAccounts(accounts, '').map((one) => one.code)).not.toContain('501')
})
