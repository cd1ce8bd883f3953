import { moduleScreens } from '../../../web/screens.ts'
import { fundsPath } from './paths.ts'
import { processPath } from './process-paths.ts'
import { processMenu, processScreens } from './process-screens.ts'

const read = ['funds.read']

/** Pages of the room; each loads when it is opened. */
export default moduleScreens({
  screens: [
    ...processScreens,
    // A payment made anew after its voucher was reversed has the request's address and a number.
    { path: '/funds/spending/$id/$payment', load: () => import('./spending/RequestPage.tsx'), name: 'RequestPage' },
    { path: '/funds/overview', load: () => import('./statements/Treasury.tsx'), name: 'Treasury' },
    { path: '/funds/vouchers', load: () => import('./journal/Vouchers.tsx'), name: 'Vouchers' },
    { path: '/funds/vouchers/new', load: () => import('./journal/EditVoucher.tsx'), name: 'NewVoucher' },
    { path: '/funds/vouchers/$id', load: () => import('./journal/VoucherPage.tsx'), name: 'VoucherPage' },
    { path: '/funds/vouchers/$id/edit', load: () => import('./journal/EditVoucher.tsx'), name: 'EditVoucher' },
    { path: '/funds/ledgers', load: () => import('./statements/Ledgers.tsx'), name: 'Ledgers' },
    { path: '/funds/statements', load: () => import('./statements/StatementsPage.tsx'), name: 'StatementsPage' },
    {
      path: '/funds/publications/$id',
      load: () => import('./publication/PublicationPage.tsx'),
      name: 'PublicationPage',
    },
    { path: '/funds/opening', load: () => import('./journal/OpeningPage.tsx'), name: 'OpeningPage' },
    { path: '/funds/forms', load: () => import('./statements/FormsPage.tsx'), name: 'FormsPage' },
    {
      path: '/print/funds/forms',
      load: () => import('./statements/FormsPage.tsx'),
      name: 'PrintForms',
      bare: true,
    },
    { path: '/funds/notes', load: () => import('./notes/NotesPage.tsx'), name: 'NotesPage' },
    { path: '/print/funds/notes', load: () => import('./notes/NotesPage.tsx'), name: 'PrintNotes', bare: true },
    { path: '/funds/closing', load: () => import('./statements/Closing.tsx'), name: 'Closing' },
    { path: '/funds/bank', load: () => import('./bank/Bank.tsx'), name: 'Bank' },
    { path: '/funds/till', load: () => import('./till/Till.tsx'), name: 'Till' },
    { path: '/funds/assets', load: () => import('./assets/Assets.tsx'), name: 'Assets' },
    { path: '/funds/advances', load: () => import('./assets/Advances.tsx'), name: 'Advances' },
    { path: '/funds/audits', load: () => import('./audit/Audits.tsx'), name: 'Audits' },
    { path: '/funds/audits/$id', load: () => import('./audit/Audit.tsx'), name: 'AuditPage' },
    { path: '/funds/outsiders', load: () => import('./visits/Outsiders.tsx'), name: 'Outsiders' },
    { path: '/funds/visits', load: () => import('./visits/Visits.tsx'), name: 'Visits' },
    { path: '/funds/visits/$id', load: () => import('./visits/Visit.tsx'), name: 'VisitPage' },
    {
      path: '/funds/visits/$id/vouchers/$voucherId',
      load: () => import('./visits/VisitedVoucher.tsx'),
      name: 'VisitedVoucher',
    },
    {
      path: '/print/funds/vouchers/$id',
      load: () => import('./journal/PrintVoucher.tsx'),
      name: 'PrintVoucher',
      bare: true,
    },
    {
      path: '/print/funds/statements',
      load: () => import('./statements/StatementsPage.tsx'),
      name: 'PrintStatements',
      bare: true,
    },
    {
      path: '/print/funds/reconciliation',
      load: () => import('./bank/ReconciliationTab.tsx'),
      name: 'PrintReconciliation',
      bare: true,
    },
  ],
  menu: [
    ...processMenu,
    { group: '经费', to: fundsPath.treasury, title: '经费总览', icon: 'figures', permissions: read, order: 10 },
    { group: '经费', to: fundsPath.vouchers, title: '记账凭证', icon: 'book', permissions: read, order: 40 },
    { group: '经费', to: fundsPath.ledgers, title: '账簿', icon: 'columns', permissions: read, order: 42 },
    { group: '经费', to: fundsPath.statements, title: '财务报表', icon: 'report', permissions: read, order: 44 },
    { group: '经费', to: fundsPath.closing, title: '结账', icon: 'badge', permissions: ['funds.close'], order: 46 },
    { group: '经费', to: fundsPath.bank, title: '银行对账', icon: 'scale', permissions: read, order: 50 },
    { group: '经费', to: fundsPath.till, title: '现金盘点', icon: 'check', permissions: read, order: 48 },
    { group: '经费', to: fundsPath.assets, title: '资产与库存', icon: 'desk', permissions: read, order: 52 },
    { group: '经费', to: fundsPath.advances, title: '借支与专款', icon: 'log', permissions: read, order: 54 },
    { group: '经费', to: fundsPath.audits, title: '经费审查', icon: 'eye', permissions: read, order: 60 },
    {
      group: '经费',
      to: fundsPath.outsiders,
      title: '外部人员',
      icon: 'badge',
      permissions: ['funds.approve'],
      order: 62,
    },
    { group: '经费', to: fundsPath.visits, title: '查账', icon: 'eye', permissions: ['funds.visit'], order: 64 },
  ],
  origins: { voucher: fundsPath.voucher, 'funds-budget': () => processPath.budget },
})
