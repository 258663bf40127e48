// Small things beside pairs and pictures: one custom element a file.
import './pictures/pair-thumbs';
import './pictures/score-stack';
import './pictures/swipe-picture';
