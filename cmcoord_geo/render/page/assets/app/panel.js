// The panel beside the map: its tabs, what they hold, and what is selected.

// Tabs of the page's audience: a tab exists when it has something to show.
function tabsOfPage() {
  const tabs = [];
  if (isFor('owner')) {
    tabs.push({id: 'movements', count: data.movements.length, view: movementList});
    tabs.push({id: 'patrols', count: data.patrols.length, view: () => [patrolList(), operationList(), areaList(), closureList(), bridgeList()]});
    tabs.push({id: 'conflicts', count: data.conflicts.length, view: conflictList});
  } else if (isFor('minusca_ops')) {
    tabs.push({id: 'corridors', count: data.corridors.length, view: () => [corridorList(), patrolList(), operationList()]});
    tabs.push({id: 'closures', count: data.closures.length, view: () => [closureList(), bridgeList()]});
  } else {
    tabs.push({id: 'closures', count: data.closures.length, view: () => [closureList(), bridgeList()]});
    if (has('incidentCounts') || has('movementCounts')) tabs.push({id: 'counts', view: countList});
  }
  tabs.push({id: 'legend', view: legendList});
  return tabs;
}

const TAB_OF = {movement: 'movements', patrol: 'patrols', operation: 'patrols', conflict: 'conflicts', corridor: 'corridors', closure: 'closures', crossing: 'closures'};

// The tab in which a kind of thing is listed on this page.
function tabFor(kind) {
  const ids = tabsOfPage().map((tab) => tab.id);
  const wanted = TAB_OF[kind];
  if (ids.includes(wanted)) return wanted;
  if (wanted === 'patrols' && ids.includes('corridors')) return 'corridors';
  if (wanted === 'closures' && ids.includes('patrols')) return 'patrols';
  return state.tab;
}

// Selects something, or nothing: the list, the map and the time follow.
function select(kind, id) {
  state.selected = kind === null ? null : {kind, id};
  if (kind !== null) {
    state.tab = tabFor(kind);
    state.now = Math.max(0, Math.min(data.frame.weekMinutes - STEP, Math.round(timeOf(kind, id) / STEP) * STEP));
  }
  if (kind === 'movement') state.option = Math.max(0, keptOption(movementOf(id)));
  if (['movement', 'segment', 'conflict'].includes(kind)) openSheet(true);
  drawChip();
  renderPanel();
  drawTime();
  const before = map.getCenter().toString() + map.getZoom();
  showSelected();
  if (before === map.getCenter().toString() + map.getZoom()) drawMap();
}

// The moment that is worth looking at for a thing.
function timeOf(kind, id) {
  if (kind === 'movement') return movementOf(id).depart[0] + JUMP;
  if (kind === 'conflict') return byMark(data.conflicts, id).window[0] + 30;
  if (kind === 'patrol' || kind === 'operation') return (byMark(data[`${kind}s`], id).window || [state.now - 60])[0] + 60;
  if (kind === 'corridor') return byMark(data.corridors, id).stretches[0].window[0] + 60;
  return state.now;
}

function showTab(id) {
  if (state.tab === id && state.selected && byId('app').classList.contains('open')) state.selected = null;
  const isDetail = state.selected && ['movement', 'segment'].includes(state.selected.kind);
  if (isDetail) state.selected = null;
  state.tab = id;
  openSheet(true);
  renderPanel();
  drawMap();
}

// On a phone the list is a sheet over the lower part of the map: what was in the middle stays in the middle of the rest.
function openSheet(isOpen) {
  if (!isPhone() || isSheetOpen() === isOpen) return;
  const before = hiddenBySheet();
  byId('app').classList.toggle('open', isOpen);
  map.panBy([0, (hiddenBySheet() - before) / 2], QUIET);
}

function renderTabs() {
  const tabs = tabsOfPage();
  fill(
    byId('tabs'),
    tabs.map((tab) =>
      button(
        {
          role: 'tab', id: `tab-${tab.id}`, 'aria-controls': 'view', 'aria-selected': String(tab.id === state.tab),
          tabindex: tab.id === state.tab ? 0 : -1, on: {click: () => showTab(tab.id)},
        },
        text(`tab.${tab.id}`),
        tab.count ? element('span', {class: 'count'}, String(tab.count)) : null,
      ),
    ),
  );
  byId('view').setAttribute('aria-labelledby', `tab-${state.tab}`);
}

// Arrow keys move between tabs.
function onTabKey(event) {
  const ids = tabsOfPage().map((tab) => tab.id);
  const at = ids.indexOf(state.tab);
  const next = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: ids.length - 1}[event.key];
  if (next === undefined) return;
  showTab(ids[(next + ids.length) % ids.length]);
  byId(`tab-${state.tab}`).focus();
  event.preventDefault();
}

function panelContent() {
  const movement = selectedMovement();
  if (movement) return compare(movement);
  if (state.selected && state.selected.kind === 'segment') return why(segments.get(state.selected.id));
  return tabsOfPage().find((tab) => tab.id === state.tab).view();
}

function renderPanel() {
  const view = byId('view');
  const wasWide = byId('app').classList.contains('wide');
  const isWide = selectedMovement() !== null;
  byId('app').classList.toggle('wide', isWide);
  if (wasWide !== isWide && !isPhone()) {
    state.isKeyOpen = !isWide && !isShort();
    map.invalidateSize({animate: false, pan: false});
  }
  renderTabs();
  fill(view, panelContent(), phoneFoot());
  const chosen = view.querySelector('[aria-current]');
  if (chosen) chosen.scrollIntoView({block: 'nearest'});
  else view.scrollTop = 0;
  drawKey();
}
