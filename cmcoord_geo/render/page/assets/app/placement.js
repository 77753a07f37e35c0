// Free room on the map: boxes that nothing may cover, and lines that a name had better not cross.

const CELL = 4; // pixels
const measure = document.createElement('canvas').getContext('2d');

class Placement {
  // Room of the map's present view.
  constructor() {
    this.boxes = [];
    this.origin = map.containerPointToLayerPoint([0, 0]);
    this.size = map.getSize();
    this.columns = Math.ceil(this.size.x / CELL);
    this.rows = Math.ceil(this.size.y / CELL);
    this.cost = new Float32Array(this.columns * this.rows);
  }

  point(latlng) {
    return map.latLngToLayerPoint(latlng);
  }

  // Furniture over the map.
  blockElement(node) {
    const inside = node.getBoundingClientRect();
    if (!inside.width || !inside.height) return;
    const frame = map.getContainer().getBoundingClientRect();
    const left = this.origin.x + inside.left - frame.left;
    const top = this.origin.y + inside.top - frame.top;
    this.block([left - 3, top - 3, left + inside.width + 3, top + inside.height + 3]);
  }

  block(box) {
    this.boxes.push(box);
  }

  // Makes the cells under a line dearer.
  discourage(line, weight) {
    const points = line.map((point) => this.point(point));
    for (let i = 1; i < points.length; i += 1) {
      const [start, end] = [points[i - 1], points[i]];
      const steps = Math.max(1, Math.ceil(Math.hypot(end.x - start.x, end.y - start.y) / CELL));
      for (let k = 0; k <= steps; k += 1) {
        const column = Math.floor((start.x + ((end.x - start.x) * k) / steps - this.origin.x) / CELL);
        const row = Math.floor((start.y + ((end.y - start.y) * k) / steps - this.origin.y) / CELL);
        if (column >= 0 && row >= 0 && column < this.columns && row < this.rows) {
          const cell = row * this.columns + column;
          this.cost[cell] = Math.max(this.cost[cell], weight);
        }
      }
    }
  }

  isFree(box) {
    return !this.boxes.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
  }

  isInside(box, margin = 3) {
    const left = box[0] - this.origin.x;
    const top = box[1] - this.origin.y;
    return left >= margin && top >= margin && box[2] - this.origin.x <= this.size.x - margin && box[3] - this.origin.y <= this.size.y - margin;
  }

  costOf(box) {
    let sum = 0;
    const first = Math.max(0, Math.floor((box[0] - this.origin.x) / CELL));
    const last = Math.min(this.columns - 1, Math.floor((box[2] - this.origin.x) / CELL));
    const top = Math.max(0, Math.floor((box[1] - this.origin.y) / CELL));
    const bottom = Math.min(this.rows - 1, Math.floor((box[3] - this.origin.y) / CELL));
    for (let row = top; row <= bottom; row += 1) {
      for (let column = first; column <= last; column += 1) sum += this.cost[row * this.columns + column];
    }
    return sum;
  }

  // Best free box of several, each [left, top, width, height, taste]; null when none costs less than the limit.
  best(candidates, limit) {
    let found = null;
    let lowest = limit;
    for (const [left, top, width, height, taste] of candidates) {
      const box = [left, top, left + width, top + height];
      if (taste >= lowest || !this.isInside(box) || !this.isFree(box)) continue;
      const cost = taste + this.costOf(box) / (0.03 * (box[2] - box[0]) + 1);
      if (cost < lowest) {
        lowest = cost;
        found = box;
      }
    }
    if (found) this.block(found);
    return found;
  }
}

function textWidth(words, font) {
  measure.font = font;
  return measure.measureText(words).width;
}
