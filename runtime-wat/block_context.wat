;; BlockContexts: blocks of images without closures. A BlockContext is made once by blockCopy:, is its own activation each
;; time it gets value, and uses the temporaries of its home, the method's Context. It is a $Context whose $closure is a
;; $BlockHome; its $method and $receiver are its home's. While it runs it has a sender, so it cannot run twice at a time.
;;
;; Translated code makes its activation's Context with the first block. Until that frame is captured or left, its Context's
;; sender is $native_sender, its slots are the frame's own array of temporaries, and its sp is $barrier_count with bit 30 set.

(func $block_home (param $context (ref $Context)) (result (ref null $BlockHome))
  (block $none (result eqref)
    (return (br_on_cast_fail $none eqref (ref $BlockHome) (struct.get $Context $closure (local.get $context)))))
  (drop)
  (ref.null $BlockHome))

(func $is_block_context (param $context (ref $Context)) (result i32)
  (ref.test (ref $BlockHome) (struct.get $Context $closure (local.get $context))))

(func $home_of_block_context (param $context (ref $Context)) (result (ref $Context))
  (ref.cast (ref $Context) (struct.get $BlockHome $home (ref.as_non_null (call $block_home (local.get $context))))))

(func $home_slots (param $context (ref $Context)) (result (ref $Slots))
  (struct.get $Context $slots (call $home_of_block_context (local.get $context))))

;; Where the temporaries of an interpreted activation are: among its own slots, or its home's.
(func $temporaries_of (param $context (ref $Context)) (param $slots (ref $Slots)) (result (ref $Slots))
  (if (i32.eqz (global.get $v3)) (then (return (local.get $slots))))
  (if (ref.is_null (struct.get $Context $closure (local.get $context))) (then (return (local.get $slots))))
  (if (call $is_block_context (local.get $context)) (then (return_call $home_slots (local.get $context))))
  (local.get $slots))

;; --- homes that run natively ---

(func $new_home (param $methodId i32) (param $receiver eqref) (param $temporaries (ref $Slots)) (result (ref $Context))
  (struct.new $Context (global.get $class_index_context) (i32.const 0) (global.get $native_sender) (i32.const 0)
    (i32.or (global.get $barrier_count) (i32.const 0x40000000))
    (ref.as_non_null (array.get $Methods (global.get $methods) (local.get $methodId)))
    (ref.null eq) (local.get $receiver) (local.get $temporaries)))

;; The activation is over; null when it made no block.
(func $leave_home (param $home (ref null $Context))
  (if (ref.is_null (local.get $home)) (then (return)))
  (struct.set $Context $sender (local.get $home) (ref.null eq))
  (struct.set $Context $pc (local.get $home) (i32.const -1))
  (struct.set $Context $sp (local.get $home) (array.len (struct.get $Context $slots (local.get $home)))))

(func $capture_home (param $home (ref null $Context)) (param $methodId i32) (param $receiver eqref)
    (param $temporaries (ref $Slots)) (param $position i32) (param $stack (ref $Slots)) (result eqref)
  (if (ref.is_null (local.get $home))
    (then (local.set $home (call $new_home (local.get $methodId) (local.get $receiver) (local.get $temporaries)))))
  (struct.set $Context $sender (local.get $home) (ref.null eq))
  (return_call $capture_resumed_home (ref.as_non_null (local.get $home)) (array.len (local.get $temporaries))
    (local.get $position) (local.get $stack)))

;; All frames that know the old array of temporaries are captured with this one.
(func $capture_resumed_home (param $context (ref $Context)) (param $numTemps i32) (param $position i32)
    (param $stack (ref $Slots)) (result eqref)
  (local $sp i32) (local $frame (ref $Slots))
  (local.set $sp (i32.and (local.get $position) (i32.const 0xFF)))
  (local.set $frame (call $frame_with (struct.get $Context $method (local.get $context))
    (struct.get $Context $slots (local.get $context)) (local.get $numTemps)))
  (struct.set $Context $slots (local.get $context) (local.get $frame))
  (local.set $frame (call $ensure_room (local.get $context) (local.get $numTemps)
    (i32.sub (local.get $sp) (local.get $numTemps))))
  (array.copy $Slots $Slots (local.get $frame) (local.get $numTemps) (local.get $stack) (i32.const 0)
    (i32.sub (local.get $sp) (local.get $numTemps)))
  (struct.set $Context $pc (local.get $context) (i32.shr_u (local.get $position) (i32.const 8)))
  (struct.set $Context $sp (local.get $context) (local.get $sp))
  (return_call $link_captured (local.get $context)))

;; `^` in a block: as $non_local_return for closures.
(func $return_from_block_context (param $context (ref $Context)) (param $value eqref) (result eqref)
  (local $home (ref $Context))
  (local.set $home (call $home_of_block_context (local.get $context)))
  (if (i32.eq (struct.get $Context $sp (local.get $home))
        (i32.or (global.get $barrier_count) (i32.const 0x40000000)))
    (then
      (global.set $unwind_reason (i32.const 2))
      (global.set $unwind_home (local.get $home))
      (global.set $unwind_value (local.get $value))
      (return (global.get $unwind))))
;;@if INSTRUMENTED
  (call $capture_for (i32.const 5))
;;@endif
  (return_call $begin_capture_restart))

;; --- making ---

;; $home is a method's Context, or nil; a block without code of its own is interpreted.
(func $block_context_with (param $home eqref) (param $startpc i32) (param $numArgs i32) (param $code (ref null $LoopEntry))
    (param $slots (ref $Slots)) (result (ref $Context))
  (local $method (ref $CompiledMethod)) (local $receiver eqref) (local $context (ref $Context))
  (local.set $method (global.get $no_method))
  (block $none (result eqref)
    (local.set $context (br_on_cast_fail $none eqref (ref $Context) (local.get $home)))
    (local.set $method (struct.get $Context $method (local.get $context)))
    (local.set $receiver (struct.get $Context $receiver (local.get $context)))
    (ref.null eq))
  (drop)
  (struct.new $Context (global.get $class_index_block_context) (i32.const 0) (ref.null eq) (local.get $startpc)
    (i32.const 0) (local.get $method)
    (struct.new $BlockHome (local.get $home) (local.get $numArgs) (local.get $startpc) (local.get $code))
    (local.get $receiver) (local.get $slots)))

(func $new_block_context_of (param $home (ref $Context)) (param $startpc i32) (param $numArgs i32)
    (param $code (ref $LoopEntry)) (result (ref $Context))
  (struct.new $Context (global.get $class_index_block_context) (i32.const 0) (ref.null eq) (local.get $startpc)
    (i32.const 0) (struct.get $Context $method (local.get $home))
    (struct.new $BlockHome (local.get $home) (local.get $numArgs) (local.get $startpc) (local.get $code))
    (struct.get $Context $receiver (local.get $home)) (global.get $empty_slots)))

;; blockCopy: of a Context that is no longer native; null when the arguments are wrong. A block's home is its home's.
(func $copy_block (param $receiver eqref) (param $numArgs eqref) (param $startpc i32) (result eqref)
  (local $context (ref $Context))
  (if (i32.eqz (ref.test (ref i31) (local.get $numArgs))) (then (return (ref.null eq))))
  (block $none (result eqref)
    (local.set $context (br_on_cast_fail $none eqref (ref $Context) (local.get $receiver)))
    (if (call $is_block_context (local.get $context))
      (then (local.set $context (call $home_of_block_context (local.get $context)))))
    (return_call $block_context_with (local.get $context) (local.get $startpc)
      (call $small_or (local.get $numArgs) (i32.const 0))
      (call $block_context_code (local.get $context) (local.get $startpc))
      (array.new_default $Slots
        (struct.get $CompiledMethod $frameSize (struct.get $Context $method (local.get $context))))))
  (drop)
  (ref.null eq))

(func $block_context_code (param $home (ref $Context)) (param $startpc i32) (result (ref null $LoopEntry))
  (local $code i32)
  (if (call $may_run_translated (struct.get $Context $method (local.get $home))
        (struct.get $Context $receiver (local.get $home)))
    (then (local.set $code (call $entry_code (struct.get $Context $method (local.get $home))
      (i32.shl (local.get $startpc) (i32.const 1))))))
  (if (i32.eqz (local.get $code)) (then (return (ref.null $LoopEntry))))
  (ref.cast (ref $LoopEntry) (table.get $code (local.get $code))))

;; After methods were switched between interpreter and translated code, or the home was changed.
(func $renew_block_context (param $context (ref $Context))
  (local $block (ref null $BlockHome)) (local $home (ref $Context))
  (local.set $block (call $block_home (local.get $context)))
  (if (ref.is_null (local.get $block)) (then (return)))
  (struct.set $BlockHome $code (local.get $block) (ref.null $LoopEntry))
  (block $none (result eqref)
    (local.set $home (br_on_cast_fail $none eqref (ref $Context) (struct.get $BlockHome $home (local.get $block))))
    (struct.set $Context $method (local.get $context) (struct.get $Context $method (local.get $home)))
    (struct.set $Context $receiver (local.get $context) (struct.get $Context $receiver (local.get $home)))
    (struct.set $BlockHome $code (local.get $block)
      (call $block_context_code (local.get $home) (struct.get $BlockHome $startpc (local.get $block))))
    (return))
  (drop))

;; --- running ---

;; The BlockContext made ready to begin, its arguments still to be stored; null when it cannot take so many or runs already.
(func $ready_block (param $value eqref) (param $count i32) (result (ref null $Context))
  (local $context (ref $Context)) (local $block (ref $BlockHome))
  (block $none (result eqref)
    (local.set $context (br_on_cast_fail $none eqref (ref $Context) (local.get $value)))
    (local.set $block (br_on_cast_fail $none eqref (ref $BlockHome) (struct.get $Context $closure (local.get $context))))
    (if (i32.ne (struct.get $BlockHome $numArgs (local.get $block)) (local.get $count))
      (then (return (ref.null $Context))))
    (if (i32.eqz (ref.is_null (struct.get $Context $sender (local.get $context)))) (then (return (ref.null $Context))))
    (if (i32.eqz (ref.test (ref $Context) (struct.get $BlockHome $home (local.get $block))))
      (then (return (ref.null $Context))))
    (call $grow_frame (local.get $context) (local.get $count))
    (struct.set $Context $pc (local.get $context) (struct.get $BlockHome $startpc (local.get $block)))
    (struct.set $Context $sp (local.get $context) (local.get $count))
    (return (local.get $context)))
  (drop)
  (ref.null $Context))

;; For the interpreter: the $count operands from $first on are arguments, or (primitive 82) the one Array that holds them.
(func $ready_block_at (param $value eqref) (param $slots (ref $Slots)) (param $first i32) (param $count i32)
    (param $primitive i32) (result (ref null $Context))
  (local $context (ref null $Context)) (local $array (ref null $Slots))
  (if (i32.eq (local.get $primitive) (i32.const 82))
    (then
      (local.set $array (call $array_contents (array.get $Slots (local.get $slots) (local.get $first))))
      (if (ref.is_null (local.get $array)) (then (return (ref.null $Context))))
      (local.set $slots (ref.as_non_null (local.get $array)))
      (local.set $first (i32.const 0))
      (local.set $count (array.len (local.get $slots)))))
  (local.set $context (call $ready_block (local.get $value) (local.get $count)))
  (if (ref.is_null (local.get $context)) (then (return (ref.null $Context))))
  (array.copy $Slots $Slots (struct.get $Context $slots (local.get $context)) (i32.const 0)
    (local.get $slots) (local.get $first) (local.get $count))
  (local.get $context))

(func $has_block_code (param $context (ref $Context)) (result i32)
  (i32.eqz (ref.is_null (struct.get $BlockHome $code (ref.as_non_null (call $block_home (local.get $context)))))))

;; A ready BlockContext on top of native frames.
(func $run_block_context (param $context (ref $Context)) (param $depth i32) (result eqref)
  (local $code (ref null $LoopEntry)) (local $result eqref)
  (local.set $code (struct.get $BlockHome $code (ref.as_non_null (call $block_home (local.get $context)))))
  (if (ref.is_null (local.get $code))
    (then (return_call $interpret_from_native (local.get $context) (local.get $depth))))
  (struct.set $Context $sender (local.get $context) (global.get $native_sender))
  (local.set $result (call_ref $LoopEntry (local.get $context)
    (i32.add (local.get $depth) (i32.const 8)) (ref.as_non_null (local.get $code))))
  ;; captured, it goes on later
  (if (ref.eq (local.get $result) (global.get $unwind))
    (then (if (i32.eq (global.get $unwind_reason) (i32.const 1)) (then (return (local.get $result))))))
  (struct.set $Context $sender (local.get $context) (ref.null eq))
  (struct.set $Context $pc (local.get $context) (i32.const -1))
  (local.get $result))

;;@repeat 0 15
;; value, value: ... of a BlockContext; $failed when it is none that can begin.
(func $block_context_value_@n (param $receiver eqref) @each{(param $argument@i eqref) }(param $depth i32) (result eqref)
  (local $context (ref null $Context)) (local $slots (ref $Slots))
  (local.set $context (call $ready_block (local.get $receiver) (i32.const @n)))
  (if (ref.is_null (local.get $context)) (then (return (global.get $failed))))
  (local.set $slots (struct.get $Context $slots (local.get $context)))
  @each{(array.set $Slots (local.get $slots) (i32.const @i) (local.get $argument@i)) }
  (return_call $run_block_context (ref.as_non_null (local.get $context)) (call $above (local.get $depth))))

(func $primitive_81_@n (param $receiver eqref) @each{(param $argument@i eqref) }(param $depth i32) (result eqref)
  (return_call $block_context_value_@n (local.get $receiver) @each{(local.get $argument@i) }(local.get $depth)))
;;@end

;; valueWithArguments: array
(func $primitive_82 (param $receiver eqref) (param $array eqref) (param $depth i32) (result eqref)
  (local $context (ref null $Context))
  (local.set $context (call $ready_block_at (local.get $receiver) (array.new_fixed $Slots 1 (local.get $array))
    (i32.const 0) (i32.const 1) (i32.const 82)))
  (if (ref.is_null (local.get $context)) (then (return (global.get $failed))))
  (return_call $run_block_context (ref.as_non_null (local.get $context)) (call $above (local.get $depth))))

;; --- as Smalltalk sees them ---

;; Slots 3 to 5: number of arguments, first pc, home.
(func $block_context_slot_get (param $context (ref $Context)) (param $index i32) (result eqref)
  (local $block (ref $BlockHome))
  (local.set $block (ref.as_non_null (call $block_home (local.get $context))))
  (if (i32.eq (local.get $index) (i32.const 3)) (then (return (ref.i31 (struct.get $BlockHome $numArgs (local.get $block))))))
  (if (i32.eq (local.get $index) (i32.const 4))
    (then (return (ref.i31 (i32.add (struct.get $BlockHome $startpc (local.get $block))
      (call $pc_bias (struct.get $Context $method (local.get $context))))))))
  (struct.get $BlockHome $home (local.get $block)))

(func $block_context_slot_put (param $context (ref $Context)) (param $index i32) (param $value eqref)
  (local $block (ref $BlockHome)) (local $startpc i32) (local $pc eqref)
  (local.set $block (ref.as_non_null (call $block_home (local.get $context))))
  (if (i32.eq (local.get $index) (i32.const 3))
    (then
      (struct.set $BlockHome $numArgs (local.get $block) (call $small_or (local.get $value) (i32.const 0)))
      (return)))
  (local.set $pc (call $context_pc (local.get $context)))
  (local.set $startpc (i32.add (struct.get $BlockHome $startpc (local.get $block))
    (call $pc_bias (struct.get $Context $method (local.get $context)))))
  (if (i32.eq (local.get $index) (i32.const 4))
    (then (local.set $startpc (call $small_or (local.get $value) (i32.const 0))))
    (else (struct.set $BlockHome $home (local.get $block) (local.get $value))))
  (call $renew_block_context (local.get $context))
  (struct.set $BlockHome $startpc (local.get $block) (i32.sub (local.get $startpc)
    (call $pc_bias (struct.get $Context $method (local.get $context)))))
  (call $set_context_pc (local.get $context) (local.get $pc))
  (call $renew_block_context (local.get $context)))

;; basicNew: of the class.
(func $new_block_context_instance (param $size i32) (result (ref $Context))
  (return_call $block_context_with (ref.null eq) (i32.const 0) (i32.const 0) (ref.null $LoopEntry)
    (array.new_default $Slots (local.get $size))))

(func $copy_block_home (param $closure eqref) (result eqref)
  (local $block (ref $BlockHome))
  (block $other (result eqref)
    (local.set $block (br_on_cast_fail $other eqref (ref $BlockHome) (local.get $closure)))
    (struct.new $BlockHome (struct.get $BlockHome $home (local.get $block)) (struct.get $BlockHome $numArgs (local.get $block))
      (struct.get $BlockHome $startpc (local.get $block)) (struct.get $BlockHome $code (local.get $block)))))
