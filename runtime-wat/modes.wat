;; Which translated methods really run translated. Each can be switched to the interpreter and back, before the start or
;; between two time slices. A method that is switched off has no code for anybody to find; what it had is kept here.

;; A method's parts: 0 its own code, then its entries (blocks and loop heads) in the order of $entries. A block that a
;; translated method makes while it runs translated is translated, whatever its part says.

;; Empty until something is switched. By method id.
(global $parked_code (mut (ref $Words)) (global.get $no_words))
(global $parked_entries (mut (ref $Slots)) (global.get $empty_slots))

(func $method_count (export "methodCount") (result i32)
  (array.len (global.get $methods)))

;; "Class>>selector" goes to the transfer area; answers its length.
(func $method_name (export "methodName") (param $id i32) (result i32)
  (global.set $trace_end (i32.const 0))
  (block $none
    (call $trace_unreceived (br_on_null $none (array.get $Methods (global.get $methods) (local.get $id)))))
  (global.get $trace_end))

(func $park_all
  (local $id i32) (local $method (ref $CompiledMethod))
  (if (array.len (global.get $parked_code)) (then (return)))
  (global.set $parked_code (array.new_default $Words (array.len (global.get $methods))))
  (global.set $parked_entries (array.new_default $Slots (array.len (global.get $methods))))
  (loop $next
    (if (i32.lt_u (local.get $id) (array.len (global.get $methods)))
      (then
        (block $none
          (local.set $method (br_on_null $none (array.get $Methods (global.get $methods) (local.get $id))))
          (array.set $Words (global.get $parked_code) (local.get $id)
            (struct.get $CompiledMethod $code (local.get $method)))
          (array.set $Slots (global.get $parked_entries) (local.get $id)
            (struct.get $CompiledMethod $entries (local.get $method))))
        (local.set $id (i32.add (local.get $id) (i32.const 1)))
        (br $next)))))

(func $entries_of (param $id i32) (result (ref $Words))
  (block $none (result eqref)
    (return (br_on_cast_fail $none eqref (ref $Words)
      (array.get $Slots (global.get $parked_entries) (local.get $id)))))
  (drop)
  (global.get $no_words))

(func $method_parts (export "methodParts") (param $id i32) (result i32)
  (call $park_all)
  (i32.add (i32.const 1) (i32.shr_u (array.len (call $entries_of (local.get $id))) (i32.const 1))))

;; Whether it is a CompiledBlock.
(func $method_is_block (export "methodIsBlock") (param $id i32) (result i32)
  (local $method (ref $CompiledMethod))
  (block $none
    (local.set $method (br_on_null $none (array.get $Methods (global.get $methods) (local.get $id))))
    (return (i32.eqz (ref.eq (local.get $method) (call $home_method (local.get $method))))))
  (i32.const 0))

;; Part 0: -1. Another part: pc << 1, plus 1 when it is a loop head.
(func $method_part (export "methodPart") (param $id i32) (param $part i32) (result i32)
  (call $park_all)
  (if (i32.eqz (local.get $part)) (then (return (i32.const -1))))
  (array.get $Words (call $entries_of (local.get $id))
    (i32.shl (i32.sub (local.get $part) (i32.const 1)) (i32.const 1))))

;; The index of a part's code in the table.
(func $method_part_code (export "methodPartCode") (param $id i32) (param $part i32) (result i32)
  (call $park_all)
  (if (i32.eqz (local.get $part)) (then (return (array.get $Words (global.get $parked_code) (local.get $id)))))
  (array.get $Words (call $entries_of (local.get $id))
    (i32.sub (i32.shl (local.get $part) (i32.const 1)) (i32.const 1))))

(export "codeTable" (table $code))

;; Smalltalk's pcs of the method's first bytecode and behind its last byte.
(func $method_first_pc (export "methodFirstPc") (param $id i32) (result i32)
  (return_call $pc_bias (ref.as_non_null (array.get $Methods (global.get $methods) (local.get $id)))))

(func $method_end_pc (export "methodEndPc") (param $id i32) (result i32)
  (i32.add (call $method_first_pc (local.get $id)) (array.len (struct.get $CompiledMethod $bytes
    (ref.as_non_null (array.get $Methods (global.get $methods) (local.get $id)))))))

;; The parts whose bits are set run translated from now on, the others interpreted; bit 31 stands for all parts from 31 on.
;; Call modesChanged when all is switched.
(func $switch_method (export "switchMethod") (param $id i32) (param $parts i32)
  (local $method (ref $CompiledMethod))
  (call $park_all)
  (block $none
    (local.set $method (br_on_null $none (array.get $Methods (global.get $methods) (local.get $id))))
    (struct.set $CompiledMethod $code (local.get $method)
      (select (array.get $Words (global.get $parked_code) (local.get $id)) (i32.const 0)
        (i32.and (local.get $parts) (i32.const 1))))
    (struct.set $CompiledMethod $entries (local.get $method)
      (call $chosen_entries (call $entries_of (local.get $id)) (local.get $parts)))))

(func $chosen_entries (param $all (ref $Words)) (param $parts i32) (result (ref null $Words))
  (local $chosen (ref $Words)) (local $index i32)
  (if (i32.or (i32.eqz (array.len (local.get $all))) (i32.lt_u (local.get $parts) (i32.const 2)))
    (then (return (ref.null $Words))))
  (if (i32.eq (local.get $parts) (i32.const -1)) (then (return (local.get $all))))
  (local.set $chosen (array.new $Words (i32.const -1) (array.len (local.get $all))))
  (loop $next
    (if (i32.and (i32.const 1) (i32.shr_u (local.get $parts) (call $part_bit (local.get $index))))
      (then (array.copy $Words $Words (local.get $chosen) (local.get $index) (local.get $all) (local.get $index)
        (i32.const 2))))
    (local.set $index (i32.add (local.get $index) (i32.const 2)))
    (br_if $next (i32.lt_u (local.get $index) (array.len (local.get $all)))))
  (local.get $chosen))

(func $part_bit (param $index i32) (result i32)
  (local $part i32)
  (local.set $part (i32.add (i32.const 1) (i32.shr_u (local.get $index) (i32.const 1))))
  (select (local.get $part) (i32.const 31) (i32.lt_u (local.get $part) (i32.const 31))))

;; What a method's translation said is no longer true: nothing to come back to.
(func $forget_parked (param $method (ref $CompiledMethod))
  (local $id i32)
  (local.set $id (struct.get $CompiledMethod $methodId (local.get $method)))
  (if (i32.ge_u (local.get $id) (array.len (global.get $parked_code))) (then (return)))
  (array.set $Words (global.get $parked_code) (local.get $id) (i32.const 0))
  (array.set $Slots (global.get $parked_entries) (local.get $id) (ref.null eq)))

;; --- stopping at a call ---

;; So many calls from native frames into the interpreter happen before the one at which everything is captured and the slice
;; ends; -1: none does. The host can then switch methods, and the caller goes on as they say.
(global $calls_until_stop (export "callsUntilStop") (mut i32) (i32.const -1))

;; 1: a capture has begun.
(func $stops_at_call (result i32)
  (local $left i32)
  (local.set $left (global.get $calls_until_stop))
  (global.set $calls_until_stop (i32.sub (local.get $left) (i32.const 1)))
  (if (local.get $left) (then (return (i32.const 0))))
  (drop (call $begin_capture_restart))
  (global.set $after_capture (i32.const 3))
  (call $end_slice)
  (i32.const 1))

;; After a stop: Smalltalk's pc of the caller, behind its send; -1 when there is none.
(func $caller_pc (export "callerPc") (result i32)
  (local $caller (ref $Context))
  (block $none (result eqref)
    (local.set $caller (br_on_cast_fail $none eqref (ref $Context)
      (struct.get $Context $sender (ref.as_non_null (global.get $active_context)))))
    (return (i32.add (struct.get $Context $pc (local.get $caller))
      (call $pc_bias (struct.get $Context $method (local.get $caller))))))
  (drop)
  (i32.const -1))

;; --- after switching ---

;; At depth 0, between two slices.
(func $modes_changed (export "modesChanged")
  (local $i i32)
  (call $flush_method_caches)
  (call $walk_wanting (i32.const 2) (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (global.get $walk_count)))
      (call $renew_if_closure (call $walked (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (return_call $end_walk))

;; A closure keeps its code: it has to follow its method.
(func $renew_if_closure (param $object eqref)
  (local $closure (ref $BlockClosure)) (local $code i32)
  (if (global.get $v3)
    (then (if (ref.test (ref $Context) (local.get $object))
      (then (call $renew_block_context (ref.cast (ref $Context) (local.get $object)))))))
  (block $other (result eqref)
    (local.set $closure (br_on_cast_fail $other eqref (ref $BlockClosure) (local.get $object)))
    (if (i32.eqz (i32.or (call $is_full_closure (local.get $closure)) (i32.or
          (ref.test (ref $FrameToken) (struct.get $BlockClosure $outer (local.get $closure)))
          (ref.test (ref $Context) (struct.get $BlockClosure $outer (local.get $closure))))))
      (then (return)))
    (local.set $code (call $closure_code_index (call $closure_method (local.get $closure)) (local.get $closure)))
    (if (local.get $code)
      (then (return_call $set_closure_code (local.get $closure) (local.get $code))))
    (return_call $set_closure_interpreted (local.get $closure)))
  (drop))

(func $closure_code_index (param $method (ref $CompiledMethod)) (param $closure (ref $BlockClosure)) (result i32)
  (if (i32.eqz (call $may_run_translated (local.get $method) (call $closure_receiver (local.get $closure))))
    (then (return (i32.const 0))))
  (return_call $entry_code (local.get $method)
    (i32.shl (struct.get $BlockClosure $startpc (local.get $closure)) (i32.const 1))))

(func $set_closure_interpreted (param $closure (ref $BlockClosure))
;;@repeat 0 15
  (block $other (result (ref $BlockClosure))
    (struct.set $BlockClosure@n $code
      (br_on_cast_fail $other (ref $BlockClosure) (ref $BlockClosure@n) (local.get $closure))
      (ref.func $interpret_block_@n))
    (return))
  (drop)
;;@end
)
