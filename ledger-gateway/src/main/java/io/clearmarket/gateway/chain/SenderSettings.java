package io.clearmarket.gateway.chain;

import java.math.BigInteger;
import java.time.Duration;

/**
 * When a sender acts again on a transaction that is in no block.
 *
 * @param feeCap most wei per gas that is ever offered
 * @param doubt after this long the same bytes are sent again
 * @param stuck after this long its price is looked at
 */
record SenderSettings(BigInteger feeCap, Duration doubt, Duration stuck) {}
