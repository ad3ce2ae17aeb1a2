package io.clearmarket.gateway.crash;

import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.DevelopmentChain;
import io.clearmarket.gateway.replay.ReplayRun;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reorganises the settlement chain by plan while a replay runs: its newest block gives way to one without transactions. */
final class Reorganiser {
    private static final Logger LOG = LoggerFactory.getLogger(Reorganiser.class);
    private static final int LOOK_EVERY_MILLIS = 50;

    /** The development chain's blocks are final after two. */
    private static final int DEPTH = 1;

    private final URI chain;
    private final ReplayRun replay;

    Reorganiser(URI chain, ReplayRun replay) {
        this.chain = chain;
        this.replay = replay;
    }

    /**
     * After how many steps of the replay each happens.
     *
     * @param steps of a whole replay
     */
    static List<Long> plan(long seed, int reorganisations, long steps) {
        Random random = new Random(seed ^ reorganisations);
        return IntStream.range(0, reorganisations)
                .mapToObj(i -> (long) (random.nextDouble() * 0.9 * steps))
                .sorted()
                .toList();
    }

    /**
     * Carries out the plan.
     *
     * @return how many happened before the replay was over
     */
    int run(List<Long> plan, Future<?> running) throws InterruptedException {
        int happened = 0;
        for (long step : plan) {
            while (replay.steps() < step && !running.isDone()) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
            if (running.isDone()) {
                break;
            }
            try {
                DevelopmentChain.reorganise(chain, DEPTH);
                happened++;
            } catch (ChainException.Unavailable e) {
                LOG.warn("No reorganisation: {}", e.toString());
            }
        }
        return happened;
    }
}
