package io.clearmarket.gateway.chain;

import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;

/**
 * What a whole transaction cost, however many escrows it was about.
 *
 * @param by the account that sent it
 * @param wei gas used times the price it was charged at
 */
public record GasPaid(EthAddress by, BigInteger wei) {}
