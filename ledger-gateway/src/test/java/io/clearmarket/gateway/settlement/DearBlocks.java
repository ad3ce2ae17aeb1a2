package io.clearmarket.gateway.settlement;

import io.clearmarket.gateway.chain.ChainFixture;

/**
 * Makes a chain dearer and dearer, then cheap again, and has its nodes forget what waits for a block: whatever is signed soon offers too little. As
 * long as this goes on, hardly a transaction gets into a block.
 */
final class DearBlocks implements Runnable {
    private static final long CHEAPEST = 1_000_000L;
    /** Twice that is below what the gateway offers at most. */
    private static final long DEAREST = 200_000_000_000L;

    private static final double RISE = 1.25;
    private static final int PERIOD = 200;

    private final ChainFixture chain;
    private int times;

    DearBlocks(ChainFixture chain) {
        this.chain = chain;
    }

    @Override
    public void run() {
        long baseFee = (long) Math.min(DEAREST, CHEAPEST * Math.pow(RISE, times++ % PERIOD));
        chain.anvil("anvil_dropAllTransactions", "");
        chain.anvil("anvil_setNextBlockBaseFeePerGas", "\"0x" + Long.toHexString(baseFee) + "\"");
    }
}
