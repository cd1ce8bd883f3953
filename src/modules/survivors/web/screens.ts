import { moduleScreens } from '../../../web/screens.ts'

const survivor = { load: () => import('./Survivor.tsx'), name: 'SurvivorPage' }

const held = { load: () => import('./HeldMoney.tsx'), name: 'HeldMoney' }

export default moduleScreens({
  screens: [
    { path: '/survivors', load: () => import('./Roster.tsx'), name: 'Roster' },
    { path: '/survivors/review', load: () => import('./Review.tsx'), name: 'ReviewPage' },
    { path: '/survivors/pay', load: () => import('./PayLists.tsx'), name: 'PayLists' },
    { path: '/survivors/pay/$id', load: () => import('./PayList.tsx'), name: 'PayListPage' },
    { path: '/survivors/held', ...held },
    { path: '/survivors/held/$unit/$no', ...held },
    { path: '/survivors/$id', ...survivor },
    // Where a kept review and a red voucher lead back to.
    { path: '/survivors/$id/reviews/$year', ...survivor },
    { path: '/survivors/$id/recoveries/$no', ...survivor },
    { path: '/survivors/$id/recoveries/$no/$part', ...survivor },
    { path: '/print/survivors/pay/$id', load: () => import('./PrintPay.tsx'), name: 'PrintPay', bare: true },
    { path: '/print/survivors/letters', load: () => import('./PrintLetters.tsx'), name: 'PrintLetters', bare: true },
  ],
  menu: [
    {
      group: '职工服务',
      to: '/survivors',
      title: '遗属供养',
      icon: 'people',
      order: 26,
      permissions: ['survivors.read-confidential'],
    },
  ],
})
