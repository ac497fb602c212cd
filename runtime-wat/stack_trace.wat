;; What the host needs for a Smalltalk stack trace (host/stack_trace.mjs): it reads Contexts one after the other, without
;; running Smalltalk, and asks the module for the names in them. Activations that are still native it knows from the
;; engine's own stack trace, and from which function belongs to which method (modes.wat).

(global $trace_end (mut i32) (i32.const 0))         ;; where the text in the transfer area ends so far

;; --- Contexts ---

;; What the run loop continues; the Contexts of the active process begin here while nothing runs.
(func $continued_context (export "activeContext") (result eqref)
  (global.get $active_context))

(func $is_context (export "isContext") (param $value eqref) (result i32)
  (ref.test (ref $Context) (local.get $value)))

;; null: the oldest one, or native frames follow.
(func $context_sender (export "contextSender") (param $context (ref $Context)) (result eqref)
  (block $none (result eqref)
    (return (br_on_cast_fail $none eqref (ref $Context) (struct.get $Context $sender (local.get $context)))))
  (drop)
  (ref.null eq))

;; Smalltalk's pc, behind the send that it waits for; -1: it has returned.
(func $pc_of_context (export "contextPc") (param $context (ref $Context)) (result i32)
  (if (i32.lt_s (struct.get $Context $pc (local.get $context)) (i32.const 0)) (then (return (i32.const -1))))
  (i32.add (struct.get $Context $pc (local.get $context))
    (call $pc_bias (struct.get $Context $method (local.get $context)))))

(func $context_is_block (export "contextIsBlock") (param $context (ref $Context)) (result i32)
  (i32.eqz (ref.is_null (struct.get $Context $closure (local.get $context)))))

(func $context_is_call (export "contextIsCall") (param $context (ref $Context)) (result i32)
  (return_call $is_foreign_call (local.get $context)))

;; The CompiledMethod of a Context, or around the block of one.
(func $context_home_method (export "contextHomeMethod") (param $context (ref $Context)) (result eqref)
  (return_call $home_method (struct.get $Context $method (local.get $context))))

;; "Class>>selector" goes to the transfer area; answers its length.
(func $context_name (export "contextName") (param $context (ref $Context)) (result i32)
  (global.set $trace_end (i32.const 0))
  (if (global.get $v3)
    (then (call $trace_installed (struct.get $Context $method (local.get $context))
      (call $class_of (struct.get $Context $receiver (local.get $context)))))
    (else (call $trace_method (struct.get $Context $method (local.get $context)))))
  (global.get $trace_end))

;; Methods from before closures do not know their names: the classes of the receiver do.
(func $trace_installed (param $method (ref $CompiledMethod)) (param $receiver_class eqref)
  (if (call $trace_if_installed (local.get $method) (local.get $receiver_class)) (then (return)))
  (call $trace_class (local.get $receiver_class))
  (call $trace_byte (i32.const 62))
  (call $trace_byte (i32.const 62))
  (return_call $trace_byte (i32.const 63)))

;; 0: neither the class nor one above has the method.
(func $trace_if_installed (param $method (ref $CompiledMethod)) (param $class eqref) (result i32)
  (local $selector eqref)
  (loop $next
    (if (ref.is_null (local.get $class)) (then (return (i32.const 0))))
    (local.set $selector (call $selector_in (call $slot_get (local.get $class) (i32.const 1)) (local.get $method)))
    (if (ref.is_null (local.get $selector))
      (then
        (local.set $class (call $slot_get (local.get $class) (i32.const 0)))
        (br $next))))
  (call $trace_class (local.get $class))
  (call $trace_byte (i32.const 62))
  (call $trace_byte (i32.const 62))
  (call $trace_string (local.get $selector))
  (i32.const 1))

;; A method of which no receiver is known.
(func $trace_unreceived (param $method (ref $CompiledMethod))
  (local $index i32)
  (if (global.get $v3)
    (then
      (loop $next
        (if (i32.lt_u (local.get $index) (global.get $class_table_size))
          (then
            (if (call $trace_if_installed (local.get $method)
                  (array.get $Slots (global.get $class_table) (local.get $index)))
              (then (return)))
            (local.set $index (i32.add (local.get $index) (i32.const 1)))
            (br $next))))))
  (return_call $trace_method (local.get $method)))

;; The key of a method in a MethodDictionary: tally, array of methods, keys at the same places. nil: it is not there.
(func $selector_in (param $dictionary eqref) (param $method (ref $CompiledMethod)) (result eqref)
  (local $methods (ref $Slots)) (local $i i32)
  (local.set $methods (call $slots_of (call $slot_get (local.get $dictionary) (i32.const 1))))
  (loop $next
    (if (i32.ge_u (local.get $i) (array.len (local.get $methods))) (then (return (ref.null eq))))
    (if (ref.eq (array.get $Slots (local.get $methods) (local.get $i)) (local.get $method))
      (then (return_call $slot_get (local.get $dictionary) (i32.add (local.get $i) (i32.const 2)))))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br $next))
  (unreachable))

(func $receiver_of_context (export "contextReceiver") (param $context (ref $Context)) (result eqref)
  (struct.get $Context $receiver (local.get $context)))

(func $context_argument_count (export "contextArgumentCount") (param $context (ref $Context)) (result i32)
  (local $closure eqref)
  (local.set $closure (struct.get $Context $closure (local.get $context)))
  (block $no_block (result eqref)
    (return (struct.get $BlockClosure $numArgs
      (br_on_cast_fail $no_block eqref (ref $BlockClosure) (local.get $closure)))))
  (drop)
  (if (ref.test (ref $BlockHome) (local.get $closure)) (then (return (i32.const 0))))
  (struct.get $CompiledMethod $numArgs (struct.get $Context $method (local.get $context))))

(func $context_argument (export "contextArgument") (param $context (ref $Context)) (param $index i32) (result eqref)
  (array.get $Slots (struct.get $Context $slots (local.get $context)) (local.get $index)))

;; FNV-1a of bytecodes and trailer: the build knows the lines of code that has the same (translator/pipeline).
(func $context_code_hash (export "contextCodeHash") (param $context (ref $Context)) (result i32)
  (local $bytes (ref $Bytes)) (local $hash i32) (local $i i32)
  (local.set $bytes (struct.get $CompiledMethod $bytes (struct.get $Context $method (local.get $context))))
  (local.set $hash (i32.const 0x811C9DC5))
  (loop $next
    (if (i32.lt_u (local.get $i) (array.len (local.get $bytes)))
      (then
        (local.set $hash (i32.mul (i32.const 16777619)
          (i32.xor (local.get $hash) (array.get_u $Bytes (local.get $bytes) (local.get $i)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
  (local.get $hash))

;; --- names ---

;; The name of a value's class goes to the transfer area; answers its length.
(func $class_name_of (export "classNameOf") (param $value eqref) (result i32)
  (return_call $behavior_name (call $class_of (local.get $value))))

(func $behavior_name (export "behaviorName") (param $class eqref) (result i32)
  (global.set $trace_end (i32.const 0))
  (call $trace_class (local.get $class))
  (global.get $trace_end))

;; Whether the value is a class or metaclass: one of the class table.
(func $is_behavior (export "isBehavior") (param $value eqref) (result i32)
  (local $index i32)
  (loop $next
    (if (i32.ge_u (local.get $index) (global.get $class_table_size)) (then (return (i32.const 0))))
    (if (i32.eqz (ref.is_null (local.get $value)))
      (then (if (ref.eq (local.get $value) (array.get $Slots (global.get $class_table) (local.get $index)))
        (then (return (i32.const 1))))))
    (local.set $index (i32.add (local.get $index) (i32.const 1)))
    (br $next))
  (unreachable))

;; So that the host can find what the image left there for it.
(func $special_object_for_host (export "specialObject") (param $index i32) (result eqref)
  (return_call $special_object (local.get $index)))

;; A Context as one line of text, for the digests of `stwasm verify`.
(func $trace_line (param $context (ref $Context))
  (if (ref.test (ref $BlockClosure) (struct.get $Context $closure (local.get $context)))
    (then (call $trace_byte (i32.const 91)) (call $trace_byte (i32.const 93)) (call $trace_byte (i32.const 32))))
  (call $trace_method (struct.get $Context $method (local.get $context)))
  (call $trace_byte (i32.const 32))
  (call $trace_number (struct.get $Context $pc (local.get $context)))
  (call $trace_byte (i32.const 10)))

(func $trace_method (param $method (ref $CompiledMethod))
  (local $literals (ref $Slots)) (local $count i32)
  (local.set $literals (struct.get $CompiledMethod $literals (call $home_method (local.get $method))))
  (local.set $count (array.len (local.get $literals)))
  (if (i32.lt_u (local.get $count) (i32.const 2)) (then (call $trace_byte (i32.const 63)) (return)))
  (call $trace_class (call $slot_get
    (array.get $Slots (local.get $literals) (i32.sub (local.get $count) (i32.const 1))) (i32.const 1)))
  (call $trace_byte (i32.const 62))
  (call $trace_byte (i32.const 62))
  (call $trace_selector (array.get $Slots (local.get $literals) (i32.sub (local.get $count) (i32.const 2)))))

;; The selector itself, or an AdditionalMethodState that has it as its second slot.
(func $trace_selector (param $selector eqref)
  (if (ref.test (ref $ByteObject) (local.get $selector)) (then (return_call $trace_string (local.get $selector))))
  (return_call $trace_string (call $slot_get (local.get $selector) (i32.const 1))))

;; Class: slot 6 is the name.
(func $trace_class (param $class eqref)
  (local $name eqref)
  (local.set $name (call $slot_get (local.get $class) (i32.const 6)))
  (if (ref.test (ref $ByteObject) (local.get $name)) (then (return_call $trace_string (local.get $name))))
  (call $trace_string (call $slot_get (call $sole_instance (local.get $class)) (i32.const 6)))
  (call $trace_byte (i32.const 32))
  (call $trace_byte (i32.const 99))
  (call $trace_byte (i32.const 108))
  (call $trace_byte (i32.const 97))
  (call $trace_byte (i32.const 115))
  (call $trace_byte (i32.const 115)))

(func $trace_string (param $string eqref)
  (local $bytes (ref $Bytes)) (local $index i32)
  (if (i32.eqz (ref.test (ref $ByteObject) (local.get $string))) (then (return_call $trace_byte (i32.const 63))))
  (local.set $bytes (struct.get $ByteObject $bytes (ref.cast (ref $ByteObject) (local.get $string))))
  (loop $next
    (if (i32.ge_u (local.get $index) (array.len (local.get $bytes))) (then (return)))
    (call $trace_byte (array.get_u $Bytes (local.get $bytes) (local.get $index)))
    (local.set $index (i32.add (local.get $index) (i32.const 1)))
    (br $next)))

(func $trace_number (param $number i32)
  (if (i32.lt_s (local.get $number) (i32.const 0))
    (then
      (call $trace_byte (i32.const 45))
      (return_call $trace_number (i32.sub (i32.const 0) (local.get $number)))))
  (if (i32.ge_u (local.get $number) (i32.const 10))
    (then (call $trace_number (i32.div_u (local.get $number) (i32.const 10)))))
  (call $trace_byte (i32.add (i32.const 48) (i32.rem_u (local.get $number) (i32.const 10)))))

(func $trace_byte (param $byte i32)
  (if (i32.ge_u (global.get $trace_end) (i32.const 65536)) (then (return)))
  (i32.store8 (global.get $trace_end) (local.get $byte))
  (global.set $trace_end (i32.add (global.get $trace_end) (i32.const 1))))
