package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;

/**
 * What the contract knows of an escrow.
 *
 * @param gross paid to the merchant's side, cumulative, fee and referral included
 * @param payer paid back to the payer, cumulative, what was reclaimed included
 */
public record EscrowStatus(
        Amount gross, Amount payer, boolean deposited, boolean refunded, boolean voided, boolean reclaimed) {}
