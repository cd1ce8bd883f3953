import { checkDigit } from '../src/modules/members/id-number.ts'
import { columnNames, COLUMNS, type Column } from '../src/modules/members/server/roster-read.ts'
import { writeWorkbook } from '../src/kernel/xlsx/write.ts'

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'
const given = '伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉云建红国华志'
const tags = ['党员', '一线', '退休', '农民工', '困难']

/** An invented person of a roster; `number` makes the ID number, so no two are alike. */
function person(number: number, unitCode: string): Record<Column, string> {
  const bornOn = new Date(Date.UTC(1966, 0, 1) + ((number * 37) % 14_000) * 86_400_000).toISOString().slice(0, 10)
  const male = number % 5 < 3
  const order = String(Math.floor(number / 14_000) * 2 + (male ? 1 : 0)).padStart(3, '0')
  const digits = `990000${bornOn.replaceAll('-', '')}${order}`
  return {
    name: surnames[number % 20]! + given[(number * 7) % 30]! + given[(number * 11 + (number % 13)) % 30]!,
    gender: male ? '男' : '女',
    idNo: digits + checkDigit(digits),
    bornOn,
    staffNo: `X${number}`,
    phone: `139${String(number % 100_000_000).padStart(8, '0')}`,
    unit: unitCode,
    joinedOn: new Date(Date.UTC(2008, 0, 1) + ((number * 53) % 6_000) * 86_400_000).toISOString().slice(0, 10),
    state: number % 100 === 0 ? '保留会籍' : '正常',
    tags: number % 5 === 0 ? tags[(number / 5) % 5]! : '',
    employment: '在职',
    kin: number % 20 === 0 ? `${surnames[(number * 3) % 20]}${given[number % 30]}/配偶` : '',
    bank: number % 2 === 0 ? `622200${String(number).padStart(13, '0')}` : '',
  }
}

/** Writes a roster of invented people in the template's layout. @param from number of the first person */
export async function writeRoster(
  file: string,
  from: number,
  rows: number,
  unitCodes: readonly string[],
): Promise<void> {
  await writeWorkbook(file, [
    {
      name: '会员花名册',
      columns: columnNames.map((column) => ({
        header: COLUMNS[column].header,
        ...((column === 'bornOn' || column === 'joinedOn') && { kind: 'date' as const }),
      })),
      rows: (function* () {
        for (let number = from; number < from + rows; number++) {
          const one = person(number, unitCodes[Math.floor(((number - from) * unitCodes.length) / rows)]!)
          yield columnNames.map((column) => one[column])
        }
      })(),
    },
  ])
}
