package io.clearmarket.network.fabric;

/** Is told of every step of a network that comes up. */
@FunctionalInterface
public interface Steps {
    /** @param step what is done now, such as {@code 3 peers on 1 channel} */
    void done(String step);
}
