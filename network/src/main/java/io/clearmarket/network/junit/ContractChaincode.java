package io.clearmarket.network.junit;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.DataType;
import org.hyperledger.fabric.contract.annotation.Serializer;
import org.hyperledger.fabric.contract.annotation.Transaction;
import org.hyperledger.fabric.contract.execution.ExecutionFactory;
import org.hyperledger.fabric.contract.execution.ExecutionService;
import org.hyperledger.fabric.contract.execution.InvocationRequest;
import org.hyperledger.fabric.contract.execution.SerializerInterface;
import org.hyperledger.fabric.contract.routing.ContractDefinition;
import org.hyperledger.fabric.contract.routing.RoutingRegistry;
import org.hyperledger.fabric.contract.routing.TxFunction;
import org.hyperledger.fabric.contract.routing.TypeRegistry;
import org.hyperledger.fabric.contract.routing.impl.RoutingRegistryImpl;
import org.hyperledger.fabric.contract.routing.impl.SerializerRegistryImpl;
import org.hyperledger.fabric.shim.Chaincode;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.shim.ResponseUtils;

/**
 * A contract class behind the shim's own routing and execution, as {@code ContractRouter} wires them, but for this class
 * alone: the router scans the whole class path, which takes seconds and would give every chaincode of a test run the
 * contracts of all others. The system contract ({@code org.hyperledger.fabric:GetMetadata}) is not served.
 */
final class ContractChaincode implements Chaincode {
    private final RoutingRegistry routes = new RoutingRegistryImpl();
    private final ExecutionService executor =
            ExecutionFactory.getInstance().createExecutionService(new NamedSerializers());

    @SuppressWarnings("unchecked")
    ContractChaincode(Class<? extends ContractInterface> contract) {
        ContractDefinition definition = routes.addNewContract((Class<ContractInterface>) contract);
        Set<Class<?>> types = new HashSet<>();
        for (Method method : contract.getMethods()) {
            if (method.isAnnotationPresent(Transaction.class)) {
                definition.addTxFunction(method);
                addDataTypes(method.getReturnType(), types);
                Arrays.stream(method.getParameterTypes()).forEach(type -> addDataTypes(type, types));
            }
        }
    }

    /** A data type and those of its fields, which the serializer finds by name. */
    private static void addDataTypes(Class<?> type, Set<Class<?>> seen) {
        if (type.isArray()) {
            addDataTypes(type.getComponentType(), seen);
        } else if (type.isAnnotationPresent(DataType.class) && seen.add(type)) {
            TypeRegistry.getRegistry().addDataType(type);
            for (Field field : type.getDeclaredFields()) {
                addDataTypes(field.getType(), seen);
            }
        }
    }

    @Override
    public Response init(ChaincodeStub stub) {
        return invoke(stub);
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
        try {
            if (stub.getStringArgs().isEmpty()) {
                return ResponseUtils.newSuccessResponse();
            }
            InvocationRequest request = ExecutionFactory.getInstance().createRequest(stub);
            return executor.executeRequest(route(request), request, stub);
        } catch (RuntimeException e) {
            return ResponseUtils.newErrorResponse(e);
        }
    }

    private TxFunction route(InvocationRequest request) {
        return routes.containsRoute(request)
                ? routes.getTxFn(request)
                : routes.getContract(request.getNamespace()).getUnknownRoute();
    }

    /** The serializer that a contract names, found by that name instead of by scanning. */
    private static final class NamedSerializers extends SerializerRegistryImpl {
        private final Map<String, SerializerInterface> made = new ConcurrentHashMap<>();

        @Override
        public SerializerInterface getSerializer(String name, Serializer.TARGET target) {
            return made.computeIfAbsent(name, NamedSerializers::make);
        }

        private static SerializerInterface make(String className) {
            try {
                Class<?> type =
                        Class.forName(className, true, Thread.currentThread().getContextClassLoader());
                return ChaincodeClass.instance(type.asSubclass(SerializerInterface.class));
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException("no serializer class " + className, e);
            }
        }
    }
}
