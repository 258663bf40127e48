package org.diptych.statistics.ranking;

/** What a tie says about two items. */
public enum TieModel implements PairLikelihood {

    /** Bradley and Terry 1952: P(left) = logistic(d). A tie counts as half a win for each side. */
    HALF_A_WIN {
        @Override
        public boolean hasTieParameter() {
            return false;
        }

        @Override
        public void evaluate(double advantage, double tie, int outcome, Point point) {
            double left = PairLikelihood.logistic(advantage);
            double share = (1 + outcome) / 2.0;
            point.logProbability = share * PairLikelihood.logLogistic(advantage)
                    + (1 - share) * PairLikelihood.logLogistic(-advantage);
            point.byAdvantage = share - left;
            point.byAdvantageTwice = -left * (1 - left);
        }
    },

    /**
     * Rao and Kupper 1967: with a = e^(left strength + bias), b = e^(right strength) and t = e^parameter, P(left) = a /
     * (a + t b) and P(tie) = (t^2 - 1) a b / ((a + t b)(t a + b)). The parameter is the advantage that goes unnoticed.
     */
    RAO_KUPPER {
        @Override
        public double initialTie() {
            return 0.5;
        }

        @Override
        public boolean isFeasible(double tie) {
            return tie > 0;
        }

        @Override
        public void evaluate(double advantage, double tie, int outcome, Point point) {
            double left = PairLikelihood.logistic(advantage - tie);
            double right = PairLikelihood.logistic(-advantage - tie);
            double leftSpread = outcome >= 0 ? left * (1 - left) : 0;
            double rightSpread = outcome <= 0 ? right * (1 - right) : 0;
            point.logProbability = (outcome >= 0 ? PairLikelihood.logLogistic(advantage - tie) : 0)
                    + (outcome <= 0 ? PairLikelihood.logLogistic(-advantage - tie) : 0);
            point.byAdvantage = (outcome >= 0 ? 1 - left : 0) - (outcome <= 0 ? 1 - right : 0);
            point.byTie = -(outcome >= 0 ? 1 - left : 0) - (outcome <= 0 ? 1 - right : 0);
            point.byAdvantageTwice = -leftSpread - rightSpread;
            point.byAdvantageAndTie = leftSpread - rightSpread;
            point.byTieTwice = -leftSpread - rightSpread;
            if (outcome == 0) {
                // P(tie) = (e^2t - 1) P(left) P(right)
                double noTie = -Math.expm1(-2 * tie);
                point.logProbability += 2 * tie + Math.log(noTie);
                point.byTie += 2 / noTie;
                point.byTieTwice -= 4 * Math.exp(-2 * tie) / (noTie * noTie);
            }
        }
    },

    /**
     * Davidson 1970: with a and b as above and v = e^parameter, P(left) = a / (a + b + v sqrt(ab)) and P(tie) = v
     * sqrt(ab) / (the same).
     */
    DAVIDSON {
        @Override
        public void evaluate(double advantage, double tie, int outcome, Point point) {
            double highest = Math.max(Math.abs(advantage) / 2, tie);
            double left = Math.exp(advantage / 2 - highest);
            double right = Math.exp(-advantage / 2 - highest);
            double none = Math.exp(tie - highest);
            double total = left + right + none;
            double mean = (left - right) / (2 * total);
            double tied = none / total;
            point.logProbability = (outcome == 0 ? tie : outcome * advantage / 2) - highest - Math.log(total);
            point.byAdvantage = outcome / 2.0 - mean;
            point.byTie = (outcome == 0 ? 1 : 0) - tied;
            point.byAdvantageTwice = mean * mean - (left + right) / (4 * total);
            point.byAdvantageAndTie = mean * tied;
            point.byTieTwice = -tied * (1 - tied);
        }
    };

    @Override
    public boolean hasTieParameter() {
        return true;
    }

    @Override
    public double initialTie() {
        return 0;
    }

    @Override
    public boolean isFeasible(double tie) {
        return true;
    }
}
