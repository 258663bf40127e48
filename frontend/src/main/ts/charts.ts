// The charts of the lead pages: one custom element a file, over d3's scales and shapes. Each draws what its `data` hold.
import './charts/line-band-chart';
import './charts/dot-whisker';
import './charts/calibration-plot';
import './charts/mini-interval';
import './charts/bar-chart';
import './charts/heat-matrix';
