package io.clearmarket.gateway.testing;

import java.util.Random;

/** What goes wrong in a simulated run: all of it follows from the seed, and none of it once it is over. */
public final class Chaos {
    /** The process dies here; nobody may catch it but who runs the process. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death(String where) {
            super(where, null, false, false);
        }
    }

    private final Random random;
    private boolean over;
    private double death;

    /** @param death probability that the process dies at a point */
    public Chaos(long seed, double death) {
        this.random = new Random(seed);
        this.death = death;
    }

    /** From now on all goes well. */
    public void end() {
        over = true;
        death = 0;
    }

    public boolean isOver() {
        return over;
    }

    /** True with this probability, and never once it is over. */
    public boolean happens(double probability) {
        return !over && random.nextDouble() < probability;
    }

    /** From 0 on, below the bound. */
    public int choose(int bound) {
        return random.nextInt(bound);
    }

    /** A point at which the process may die. */
    public void point(String where) {
        if (happens(death)) {
            throw death(where);
        }
    }

    /** What is thrown where the process dies. */
    public Death death(String where) {
        return new Death(where);
    }
}
