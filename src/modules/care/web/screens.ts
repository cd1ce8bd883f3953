import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/care/events', load: () => import('./Events.tsx'), name: 'Events' },
    { path: '/care/events/$id', load: () => import('./Event.tsx'), name: 'EventDetail' },
    { path: '/care/obligations', load: () => import('./Obligations.tsx'), name: 'Obligations' },
    { path: '/care/rounds', load: () => import('./Rounds.tsx'), name: 'Rounds' },
    { path: '/care/rounds/$id', load: () => import('./Round.tsx'), name: 'RoundDetail' },
    { path: '/care/mine', load: () => import('./Mine.tsx'), name: 'Mine' },
  ],
  menu: [
    { group: '职工服务', to: '/care/events', title: '走访事项', icon: 'people', order: 10 },
    {
      group: '职工服务',
      to: '/care/rounds',
      title: '节日和生日慰问',
      icon: 'people',
      permissions: ['care.write'],
      order: 12,
    },
    { group: '我的', to: '/care/mine', title: '我的慰问品', icon: 'people', order: 14 },
  ],
})
