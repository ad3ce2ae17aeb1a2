package io.clearmarket.chaincode.domain;

import java.util.concurrent.Callable;

/** {@link Exploration} of an order that is amended to terms with conditions, and of the events that decide. */
public final class ConditionsExploration implements Callable<Exploration.Found> {
    public ConditionsExploration() {}

    @Override
    public Exploration.Found call() {
        return new Exploration(ExplorationTerms.conditional()).call();
    }
}
