package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.client.Actor;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.wallet.identity.PartyId;
import java.util.List;

/** The organisations' word that merchants are merchants: operators of two of them, each under its own key. */
final class Onboarding {
    private final List<Gathered> operators;

    /** @param operators one of each organisation that is asked */
    Onboarding(MarketClient client, List<Actor> operators) {
        this.operators = operators.stream()
                .map(operator -> new Gathered(client, operator, "onboarding"))
                .toList();
    }

    /** Returns when every operator has approved the merchant; one after another, since they change the same record. */
    void approve(PartyId merchant) {
        Command approval =
                new Command.AccreditParty(new CommandId("accredit:" + merchant.value()), merchant, Role.MERCHANT);
        operators.forEach(operator -> operator.execute(approval));
    }
}
