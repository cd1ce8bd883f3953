import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/care/events', load: () => import('./Events.tsx'), name: 'Events' },
    { path: '/care/events/$id', load: () => import('./Event.tsx'), name: 'EventDetail' },
    { path: '/care/obligations', load: () => import('./Obligations.tsx'), name: 'Obligations' },
  ],
  menu: [{ group: '职工服务', to: '/care/events', title: '走访事项', icon: 'people', order: 10 }],
})
