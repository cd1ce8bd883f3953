import type { Screen, ScreenMenuItem } from '../../../web/screens.ts'
import { processPath } from './process-paths.ts'

const mayRead = ['funds.read']

/** Pages of income, spending and budget, beside the journal's in screens.ts. */
export const processScreens: readonly Screen[] = [
  { path: '/funds/income', load: () => import('./income/Income.tsx'), name: 'Income' },
  { path: '/funds/income/$id', load: () => import('./income/ReceiptSheet.tsx'), name: 'ReceiptSheet', bare: true },
  { path: '/funds/spending', load: () => import('./spending/Spending.tsx'), name: 'Spending' },
  { path: '/funds/spending/new', load: () => import('./spending/RequestForm.tsx'), name: 'RequestForm' },
  { path: '/funds/mine', load: () => import('./spending/MyRequests.tsx'), name: 'MyRequests' },
  { path: '/funds/mine/new', load: () => import('./spending/RequestForm.tsx'), name: 'ReimbursementForm' },
  { path: '/funds/spending/$id', load: () => import('./spending/RequestPage.tsx'), name: 'RequestPage' },
  { path: '/funds/spending/$id/edit', load: () => import('./spending/RequestForm.tsx'), name: 'RequestForm' },
  {
    path: '/print/funds/spending/$id',
    load: () => import('./spending/RequestSheet.tsx'),
    name: 'RequestSheet',
    bare: true,
  },
  { path: '/funds/budget', load: () => import('./budget/Budget.tsx'), name: 'Budget' },
  { path: '/funds/rules', load: () => import('./spending/Rules.tsx'), name: 'FundsRules' },
]

export const processMenu: readonly ScreenMenuItem[] = [
  // Everybody's: a member without an office asks from the phone.
  { group: '我的', to: processPath.mine, title: '我的报销', icon: 'upload', order: 18 },
  {
    group: '经费',
    to: processPath.spending,
    title: '支出与报销',
    icon: 'log',
    permissions: ['funds.read', 'funds.apply'],
    order: 20,
  },
  { group: '经费', to: processPath.income, title: '经费收入', icon: 'download', permissions: mayRead, order: 22 },
  { group: '经费', to: processPath.budget, title: '预算', icon: 'scale', permissions: mayRead, order: 24 },
  { group: '经费', to: processPath.rules, title: '经费设置', icon: 'sliders', permissions: mayRead, order: 90 },
]
