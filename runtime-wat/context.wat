;; Contexts and closures as Smalltalk sees them: slots, the conversion of pcs, outer contexts, copies.
;; Reads and writes activation structs; knows nothing of the scheduler.

;; Bytes per literal in the image's format: Smalltalk's pcs count the literal frame.
;;@if WORD64
(global $word_size i32 (i32.const 8))
;;@else
(global $word_size i32 (i32.const 4))
;;@endif

;; Stands in for the method of a Context that was made by basicNew: and not initialized yet.
(global $no_method (ref $CompiledMethod)
  (struct.new $CompiledMethod (i32.const 0) (i32.const 0) (i32.const 0) (global.get $empty_slots) (global.get $empty_bytes)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 16) (i32.const -2) (i32.const 0) (i32.const 0) (i32.const -1)
    (ref.null $Words) (ref.null $Words)
;;@if INSTRUMENTED
    (ref.null $MethodProfile)
;;@endif
    ))

;; What Smalltalk adds to a 0-based offset in the method's bytes.
(func $pc_bias (param $method (ref $CompiledMethod)) (result i32)
  (i32.add (i32.const 1)
    (i32.mul (global.get $word_size)
      (i32.add (i32.const 1) (array.len (struct.get $CompiledMethod $literals (local.get $method)))))))

(func $small_or (param $value eqref) (param $default i32) (result i32)
  (block $other (result eqref)
    (return (i31.get_s (br_on_cast_fail $other eqref (ref i31) (local.get $value)))))
  (drop)
  (local.get $default))

;; --- Contexts ---

(func $context_slot_get (param $context (ref $Context)) (param $index i32) (result eqref)
  (local $slots (ref $Slots))
  (if (i32.ge_u (local.get $index) (i32.const 6))
    (then
      (local.set $slots (struct.get $Context $slots (local.get $context)))
      (local.set $index (i32.sub (local.get $index) (i32.const 6)))
      (if (i32.lt_u (local.get $index) (array.len (local.get $slots)))
        (then (return (array.get $Slots (local.get $slots) (local.get $index)))))
      (return (ref.null eq))))
  (if (call $is_block_slot (local.get $context) (local.get $index))
    (then (return_call $block_context_slot_get (local.get $context) (local.get $index))))
  (block $receiver (block $closure (block $method (block $stackp (block $pc (block $sender
    (br_table $sender $pc $stackp $method $closure $receiver (local.get $index)))
    (return_call $visible_sender (struct.get $Context $sender (local.get $context))))
    (return_call $context_pc (local.get $context)))
    (return (ref.i31 (struct.get $Context $sp (local.get $context)))))
    (if (ref.eq (struct.get $Context $method (local.get $context)) (global.get $no_method)) (then (return (ref.null eq))))
    (return (struct.get $Context $method (local.get $context))))
    (return (struct.get $Context $closure (local.get $context))))
  (struct.get $Context $receiver (local.get $context)))

;; Only of a BlockContext that is running can anybody ask before there are Contexts for what it runs on.
(func $visible_sender (param $sender eqref) (result eqref)
  (if (global.get $v3)
    (then (if (ref.eq (local.get $sender) (global.get $native_sender)) (then (return (ref.null eq))))))
  (local.get $sender))

(func $is_block_slot (param $context (ref $Context)) (param $index i32) (result i32)
  (if (i32.eqz (global.get $v3)) (then (return (i32.const 0))))
  (i32.and (i32.ge_u (local.get $index) (i32.const 3)) (call $is_block_context (local.get $context))))

(func $context_pc (param $context (ref $Context)) (result eqref)
  (if (i32.lt_s (struct.get $Context $pc (local.get $context)) (i32.const 0)) (then (return (ref.null eq))))
  (ref.i31 (i32.add (struct.get $Context $pc (local.get $context))
    (call $pc_bias (struct.get $Context $method (local.get $context))))))

(func $context_slot_put (param $context (ref $Context)) (param $index i32) (param $value eqref)
  (local $slots (ref $Slots))
  (if (i32.ge_u (local.get $index) (i32.const 6))
    (then
      ;; BlockContexts share the slots of their homes while translated code runs.
      (if (i32.eqz (global.get $v3)) (then (call $complete_frame (local.get $context))))
      (local.set $slots (struct.get $Context $slots (local.get $context)))
      (local.set $index (i32.sub (local.get $index) (i32.const 6)))
      (if (i32.lt_u (local.get $index) (array.len (local.get $slots)))
        (then (array.set $Slots (local.get $slots) (local.get $index) (local.get $value))))
      (return)))
  (if (call $is_block_slot (local.get $context) (local.get $index))
    (then (return_call $block_context_slot_put (local.get $context) (local.get $index) (local.get $value))))
  (block $receiver (block $closure (block $method (block $stackp (block $pc (block $sender
    (br_table $sender $pc $stackp $method $closure $receiver (local.get $index)))
    (struct.set $Context $sender (local.get $context) (local.get $value)) (return))
    (return_call $set_context_pc (local.get $context) (local.get $value)))
    (return_call $set_context_sp (local.get $context) (call $small_or (local.get $value) (i32.const 0))))
    (return_call $set_context_method (local.get $context) (local.get $value)))
    (struct.set $Context $closure (local.get $context) (local.get $value)) (return))
  (struct.set $Context $receiver (local.get $context) (local.get $value)))

(func $set_context_pc (param $context (ref $Context)) (param $value eqref)
  (if (i32.eqz (ref.test (ref i31) (local.get $value)))
    (then (struct.set $Context $pc (local.get $context) (i32.const -1)) (return)))
  (struct.set $Context $pc (local.get $context)
    (i32.sub (i31.get_s (ref.cast (ref i31) (local.get $value)))
      (call $pc_bias (struct.get $Context $method (local.get $context))))))

;; Entries that become live are nil.
(func $set_context_sp (param $context (ref $Context)) (param $sp i32)
  (local $old i32) (local $slots (ref $Slots))
  (call $complete_frame (local.get $context))
  (local.set $old (struct.get $Context $sp (local.get $context)))
  (local.set $slots (struct.get $Context $slots (local.get $context)))
  (if (i32.gt_u (local.get $sp) (array.len (local.get $slots))) (then (return)))
  (if (i32.gt_s (local.get $sp) (local.get $old))
    (then (array.fill $Slots (local.get $slots) (local.get $old) (ref.null eq)
      (i32.sub (local.get $sp) (local.get $old)))))
  (struct.set $Context $sp (local.get $context) (local.get $sp)))

;; The pc stays what Smalltalk was shown, so its offset changes with the size of the literal frame.
(func $set_context_method (param $context (ref $Context)) (param $value eqref)
  (local $pc eqref)
  (block $other (result eqref)
    (local.set $pc (call $context_pc (local.get $context)))
    (struct.set $Context $method (local.get $context)
      (br_on_cast_fail $other eqref (ref $CompiledMethod) (local.get $value)))
    (return_call $set_context_pc (local.get $context) (local.get $pc)))
  (drop))

;; at:, basicAt: and size see the live entries.
(func $context_size (param $context (ref $Context)) (result i32)
  (struct.get $Context $sp (local.get $context)))

(func $context_slot_count (param $context (ref $Context)) (result i32)
  (local $count i32) (local $size i32)
  (local.set $count (array.len (struct.get $Context $slots (local.get $context))))
  (if (i32.eqz (ref.eq (struct.get $Context $method (local.get $context)) (global.get $no_method)))
    (then (local.set $size (struct.get $CompiledMethod $frameSize (struct.get $Context $method (local.get $context))))))
  (if (i32.lt_u (local.get $count) (local.get $size)) (then (local.set $count (local.get $size))))
  (i32.add (i32.const 6) (local.get $count)))

;; basicNew: of the Context class.
(func $new_context_instance (param $classIndex i32) (param $size i32) (result (ref $Context))
  (struct.new $Context (local.get $classIndex) (i32.const 0) (ref.null eq) (i32.const -1) (i32.const 0)
    (global.get $no_method) (ref.null eq) (ref.null eq) (array.new_default $Slots (local.get $size))))

(func $copy_context (param $context (ref $Context)) (result (ref $Context))
  (struct.new $Context (struct.get $Context $classIndex (local.get $context)) (i32.const 0)
    (struct.get $Context $sender (local.get $context)) (struct.get $Context $pc (local.get $context))
    (struct.get $Context $sp (local.get $context)) (struct.get $Context $method (local.get $context))
    (call $copy_block_home (struct.get $Context $closure (local.get $context)))
    (struct.get $Context $receiver (local.get $context))
    (call $copy_slots (struct.get $Context $slots (local.get $context)))))

(func $copy_slots (param $slots (ref $Slots)) (result (ref $Slots))
  (local $copy (ref $Slots))
  (local.set $copy (array.new_default $Slots (array.len (local.get $slots))))
  (array.copy $Slots $Slots (local.get $copy) (i32.const 0) (local.get $slots) (i32.const 0) (array.len (local.get $slots)))
  (local.get $copy))

;; Pushes on a Context that is not running; its frame grows where it has to.
(func $context_push (param $context (ref $Context)) (param $value eqref)
  (local $sp i32)
  (local.set $sp (struct.get $Context $sp (local.get $context)))
  (array.set $Slots (call $ensure_room (local.get $context) (local.get $sp) (i32.const 1))
    (local.get $sp) (local.get $value))
  (struct.set $Context $sp (local.get $context) (i32.add (local.get $sp) (i32.const 1))))

;; The slots with room for what the Context's bytecodes push: translated code leaves Contexts with fewer.
(func $interpretable_slots (param $context (ref $Context)) (result (ref $Slots))
  (local $size i32)
  (local.set $size (struct.get $CompiledMethod $frameSize (struct.get $Context $method (local.get $context))))
  (if (ref.is_null (struct.get $Context $closure (local.get $context)))
    (then (local.set $size (call $frame_need (struct.get $Context $method (local.get $context))))))
  (call $grow_frame (local.get $context) (local.get $size))
  (struct.get $Context $slots (local.get $context)))

;; The size that the method's header says: for who changes how much the Context holds.
(func $complete_frame (param $context (ref $Context))
  (return_call $grow_frame (local.get $context)
    (struct.get $CompiledMethod $frameSize (struct.get $Context $method (local.get $context)))))

(func $grow_frame (param $context (ref $Context)) (param $size i32)
  (local $old (ref $Slots)) (local $frame (ref $Slots)) (local $i i32)
  (local.set $old (struct.get $Context $slots (local.get $context)))
  (if (i32.ge_u (array.len (local.get $old)) (local.get $size)) (then (return)))
  (local.set $frame (call $empty_frame (local.get $size)))
  (loop $next
    (if (i32.lt_u (local.get $i) (array.len (local.get $old)))
      (then
        (array.set $Slots (local.get $frame) (local.get $i) (array.get $Slots (local.get $old) (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
  (struct.set $Context $slots (local.get $context) (local.get $frame)))

;; The Context's slots, with room for $count entries beyond $sp.
(func $ensure_room (param $context (ref $Context)) (param $sp i32) (param $count i32) (result (ref $Slots))
  (local $slots (ref $Slots)) (local $larger (ref $Slots))
  (local.set $slots (struct.get $Context $slots (local.get $context)))
  (if (i32.le_u (i32.add (local.get $sp) (local.get $count)) (array.len (local.get $slots)))
    (then (return (local.get $slots))))
  (local.set $larger (array.new_default $Slots (i32.add (i32.add (local.get $sp) (local.get $count)) (i32.const 8))))
  (array.copy $Slots $Slots (local.get $larger) (i32.const 0) (local.get $slots) (i32.const 0) (array.len (local.get $slots)))
  (struct.set $Context $slots (local.get $context) (local.get $larger))
  (local.get $larger))

;; --- closures ---

;; At depth 0 only: a token without a Context stands for an activation that returned natively; a dead Context is made up.
(func $outer_context (param $closure (ref $BlockClosure)) (result eqref)
  (local $token (ref $FrameToken)) (local $context (ref null $Context))
  (block $other (result eqref)
    (local.set $token (br_on_cast_fail $other eqref (ref $FrameToken)
      (call $outer_activation (struct.get $BlockClosure $outer (local.get $closure)))))
    (local.set $context (struct.get $FrameToken $context (local.get $token)))
    (if (ref.is_null (local.get $context))
      (then
        (local.set $context (call $dead_context (local.get $token)))
        (struct.set $FrameToken $context (local.get $token) (local.get $context))))
    (return (local.get $context))))

(func $dead_context (param $token (ref $FrameToken)) (result (ref $Context))
  (local $method (ref $CompiledMethod))
  (local.set $method (struct.get $FrameToken $method (local.get $token)))
  (call $new_context (local.get $method) (struct.get $FrameToken $closure (local.get $token))
    (struct.get $FrameToken $receiver (local.get $token))
    (array.new_default $Slots (struct.get $CompiledMethod $frameSize (local.get $method)))
    (i32.const -1) (struct.get $CompiledMethod $numTemps (local.get $method))))

;; The bias of startpc: unknown without an outer context.
(func $closure_bias (param $closure (ref $BlockClosure)) (result i32)
  (if (ref.is_null (struct.get $BlockClosure $outer (local.get $closure))) (then (return (i32.const 0))))
  (return_call $pc_bias (call $closure_method (local.get $closure))))

(func $closure_slot_get (param $closure (ref $BlockClosure)) (param $index i32) (result eqref)
  (local $copied (ref $Slots))
  (if (call $is_full_closure (local.get $closure))
    (then
      (if (i32.eq (local.get $index) (i32.const 1)) (then (return_call $full_closure_block (local.get $closure))))
      (if (i32.eq (local.get $index) (i32.const 3)) (then (return_call $full_closure_receiver (local.get $closure))))
      (if (i32.gt_u (local.get $index) (i32.const 3)) (then (local.set $index (i32.sub (local.get $index) (i32.const 1)))))))
  (if (i32.ge_u (local.get $index) (i32.const 3))
    (then
      (local.set $copied (struct.get $BlockClosure $copied (local.get $closure)))
      (local.set $index (i32.sub (local.get $index) (i32.const 3)))
      (if (i32.lt_u (local.get $index) (array.len (local.get $copied)))
        (then (return (array.get $Slots (local.get $copied) (local.get $index)))))
      (return (ref.null eq))))
  (if (i32.eqz (local.get $index)) (then (return_call $outer_context (local.get $closure))))
  (if (i32.eq (local.get $index) (i32.const 1))
    (then (return (ref.i31 (i32.add (struct.get $BlockClosure $startpc (local.get $closure))
      (call $closure_bias (local.get $closure)))))))
  (ref.i31 (struct.get $BlockClosure $numArgs (local.get $closure))))

(func $full_closure_block (param $closure (ref $BlockClosure)) (result eqref)
  (local $method (ref $CompiledMethod))
  (local.set $method (call $closure_method (local.get $closure)))
  (select (result eqref) (ref.null eq) (local.get $method) (ref.eq (local.get $method) (global.get $no_method))))

;; The closure's translated code belongs to its old CompiledBlock and receiver.
(func $full_closure_slot_put (param $closure (ref $BlockClosure)) (param $index i32) (param $value eqref)
  (local $full (ref $FullBlock))
  (local.set $full (ref.cast (ref $FullBlock) (struct.get $BlockClosure $outer (local.get $closure))))
  (if (i32.eqz (local.get $index)) (then (struct.set $FullBlock $outer (local.get $full) (local.get $value)) (return)))
  (call $set_closure_interpreted (local.get $closure))
  (if (i32.eq (local.get $index) (i32.const 3))
    (then (struct.set $FullBlock $receiver (local.get $full) (local.get $value)) (return)))
  (block $other (result eqref)
    (struct.set $FullBlock $method (local.get $full)
      (br_on_cast_fail $other eqref (ref $CompiledMethod) (local.get $value)))
    (return))
  (drop))

(func $closure_slot_put (param $closure (ref $BlockClosure)) (param $index i32) (param $value eqref)
  (local $copied (ref $Slots)) (local $startpc i32)
  (if (call $is_full_closure (local.get $closure))
    (then
      (if (i32.or (i32.lt_u (local.get $index) (i32.const 2)) (i32.eq (local.get $index) (i32.const 3)))
        (then (return_call $full_closure_slot_put (local.get $closure) (local.get $index) (local.get $value))))
      (if (i32.gt_u (local.get $index) (i32.const 3)) (then (local.set $index (i32.sub (local.get $index) (i32.const 1)))))))
  (if (i32.ge_u (local.get $index) (i32.const 3))
    (then
      (local.set $copied (struct.get $BlockClosure $copied (local.get $closure)))
      (local.set $index (i32.sub (local.get $index) (i32.const 3)))
      (if (i32.lt_u (local.get $index) (array.len (local.get $copied)))
        (then (array.set $Slots (local.get $copied) (local.get $index) (local.get $value))))
      (return)))
  (if (i32.eqz (local.get $index))
    (then
      (local.set $startpc (i32.add (struct.get $BlockClosure $startpc (local.get $closure))
        (call $closure_bias (local.get $closure))))
      (struct.set $BlockClosure $outer (local.get $closure) (local.get $value))
      (struct.set $BlockClosure $startpc (local.get $closure)
        (i32.sub (local.get $startpc) (call $closure_bias (local.get $closure))))
      (return)))
  (if (i32.eq (local.get $index) (i32.const 1))
    (then
      (struct.set $BlockClosure $startpc (local.get $closure)
        (i32.sub (call $small_or (local.get $value) (i32.const 0)) (call $closure_bias (local.get $closure))))
      (return)))
  (struct.set $BlockClosure $numArgs (local.get $closure) (call $small_or (local.get $value) (i32.const 0))))

(func $closure_slot_count (param $closure (ref $BlockClosure)) (result i32)
  (i32.add (i32.add (i32.const 3) (call $is_full_closure (local.get $closure)))
    (array.len (struct.get $BlockClosure $copied (local.get $closure)))))

;; basicNew: of the closure class: no code of its own, the interpreter runs it whatever its argument count becomes.
(func $new_closure_instance (param $classIndex i32) (param $size i32) (result (ref $BlockClosure))
  (struct.new $BlockClosure (local.get $classIndex) (i32.const 0) (call $new_outer (local.get $classIndex)) (i32.const 0)
    (i32.const 0) (array.new_default $Slots (local.get $size))))

;; The $outer of a closure that is not initialized yet.
(func $new_outer (param $classIndex i32) (result eqref)
  (if (i32.eq (local.get $classIndex) (global.get $class_index_block_closure)) (then (return (ref.null eq))))
  (struct.new $FullBlock (ref.null eq) (global.get $no_method) (ref.null eq)))

(func $copy_outer (param $outer eqref) (result eqref)
  (local $full (ref $FullBlock))
  (block $other (result eqref)
    (local.set $full (br_on_cast_fail $other eqref (ref $FullBlock) (local.get $outer)))
    (struct.new $FullBlock (struct.get $FullBlock $outer (local.get $full))
      (struct.get $FullBlock $method (local.get $full)) (struct.get $FullBlock $receiver (local.get $full)))))

(func $copy_closure (param $closure (ref $BlockClosure)) (result (ref $BlockClosure))
  (local $copied (ref $Slots))
  (local.set $copied (call $copy_slots (struct.get $BlockClosure $copied (local.get $closure))))
;;@repeat 0 15
  (if (ref.test (ref $BlockClosure@n) (local.get $closure))
    (then (return (struct.new $BlockClosure@n (struct.get $BlockClosure $classIndex (local.get $closure)) (i32.const 0)
      (call $copy_outer (struct.get $BlockClosure $outer (local.get $closure))) (struct.get $BlockClosure $startpc (local.get $closure))
      (struct.get $BlockClosure $numArgs (local.get $closure)) (local.get $copied)
      (struct.get $BlockClosure@n $code (ref.cast (ref $BlockClosure@n) (local.get $closure)))))))
;;@end
  (struct.new $BlockClosure (struct.get $BlockClosure $classIndex (local.get $closure)) (i32.const 0)
    (call $copy_outer (struct.get $BlockClosure $outer (local.get $closure))) (struct.get $BlockClosure $startpc (local.get $closure))
    (struct.get $BlockClosure $numArgs (local.get $closure)) (local.get $copied)))
