// The charts of the lead pages. One custom element a file; each draws what its `data` property holds.
import './charts/line-band-chart';
import './charts/dot-whisker';
import './charts/calibration-plot';
import './charts/spark-line';
import './charts/mini-interval';
import './charts/score-stack';
import './charts/pair-thumbs';
import './charts/swipe-picture';
